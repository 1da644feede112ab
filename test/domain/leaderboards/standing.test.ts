import { expect, test } from 'vitest';
import { percentileOf, rankOf } from '../../../src/domain/leaderboards/standing.ts';

test('each rank style reads its own rank', () => {
  const ranks = { ordinal: 3, competition: 2, dense: 1 };
  expect(rankOf(ranks, 'ORDINAL')).toBe(3);
  expect(rankOf(ranks, 'COMPETITION')).toBe(2);
  expect(rankOf(ranks, 'DENSE')).toBe(1);
});

test('asking for a dense rank that was not read is a mistake', () => {
  const ranks = { ordinal: 3, competition: 2, dense: null };
  expect(rankOf(ranks, 'ORDINAL')).toBe(3);
  expect(() => rankOf(ranks, 'DENSE')).toThrow('the dense rank was not read');
});

test('the first player of any board is ahead of or level with everybody', () => {
  expect(percentile({ competition: 1, size: 1 })).toBe(100);
  expect(percentile({ competition: 1, size: 1_000 })).toBe(100);
});

test('the last player is level with themselves only', () => {
  expect(percentile({ competition: 4, size: 4 })).toBe(25);
});

test('players with equal scores have the same percentile, whoever was first', () => {
  expect(percentile({ competition: 2, size: 4, ordinal: 2 })).toBe(75);
  expect(percentile({ competition: 2, size: 4, ordinal: 3 })).toBe(75);
});

function percentile({
  competition,
  size,
  ordinal = competition,
}: {
  competition: number;
  size: number;
  ordinal?: number;
}) {
  return percentileOf({ ranks: { ordinal, competition, dense: null }, size });
}
