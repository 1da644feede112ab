import { expect, test, vi } from 'vitest';
import { createTournamentNews } from '../../src/live/tournamentNews.ts';

test('a change is told to those who watch that tournament', () => {
  const publish = vi.fn();
  createTournamentNews({ publish }).changed('cup');
  expect(publish.mock.calls).toEqual([['tournament:cup']]);
});

test('prizes of thousands are one notice, and those of nobody are none', () => {
  const publish = vi.fn();
  const { awarded } = createTournamentNews({ publish });
  awarded([]);
  expect(publish).not.toHaveBeenCalled();
  awarded(Array.from({ length: 10_000 }, (_, index) => `player ${index}`));
  expect(publish).toHaveBeenCalledOnce();
});
