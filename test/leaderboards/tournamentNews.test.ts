import { expect, test, vi } from 'vitest';
import { createTournamentNews } from '../../src/leaderboards/tournamentNews.ts';

test('a change is told to those who watch that tournament', () => {
  const publish = vi.fn();
  createTournamentNews({ publish }).changed('cup');
  expect(publish.mock.calls).toEqual([['tournament:cup']]);
});
