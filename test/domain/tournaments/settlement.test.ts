import { expect, test } from 'vitest';
import { checksumOf, freezeStandings, hashPlayer } from '../../../src/domain/tournaments/settlement.ts';

const entries = [
  { playerId: 'ada', orderKey: -9, reachedSeq: 4, attempts: 1 },
  { playerId: 'bob', orderKey: -9, reachedSeq: 5, attempts: 2 },
];
const frozen = freezeStandings('cup', entries);

test('standings are numbered in the order of the entries', () => {
  expect(frozen.map(({ rank, playerId }) => [rank, playerId])).toEqual([
    [1, 'ada'],
    [2, 'bob'],
  ]);
});

test('the checksum of some standings is always the same', () => {
  expect(checksumOf(frozen)).toBe('39fd4ec82acc0e689fe73e6d88c94eb923520dc18a9c45d865f637fea10e3959');
  expect(checksumOf([])).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
});

test.for([
  ['rank', 3],
  ['playerHash', hashPlayer('cup', 'eve')],
  ['orderKey', -8],
  ['reachedSeq', 6],
] as const)('another %s gives another checksum', ([name, value]) => {
  const changed = frozen.map((standing) => (standing.rank === 2 ? { ...standing, [name]: value } : standing));
  expect(checksumOf(changed)).not.toBe(checksumOf(frozen));
});

test('a checksum does not need the players, and a player has another hash in each tournament', () => {
  expect(checksumOf(frozen.map((standing) => ({ ...standing, playerId: null })))).toBe(checksumOf(frozen));
  expect(hashPlayer('cup', 'ada')).not.toBe(hashPlayer('cup 2', 'ada'));
});
