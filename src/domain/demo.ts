import type { Leaderboard } from './standing.ts';

type DemoBoard = Omit<Leaderboard, 'gameId' | 'id' | 'maxScore' | 'minScore'>;

/** The game that a newcomer finds: one board of each kind, and a few players on them. */
export const DEMO = {
  game: { slug: 'skyline', name: 'Skyline' },
  boards: [
    {
      slug: 'high-scores',
      name: 'High scores',
      sortOrder: 'DESCENDING',
      operator: 'BEST',
      cadences: ['ALL_TIME', 'DAILY', 'WEEKLY', 'MONTHLY'],
    },
    {
      slug: 'fastest-lap',
      name: 'Fastest lap (ms)',
      sortOrder: 'ASCENDING',
      operator: 'BEST',
      cadences: ['ALL_TIME', 'WEEKLY'],
    },
    {
      slug: 'coins',
      name: 'Coins collected',
      sortOrder: 'DESCENDING',
      operator: 'SUM',
      cadences: ['ALL_TIME', 'DAILY'],
    },
  ] satisfies DemoBoard[],
  nicknames: ['Aida', 'Bruno', 'Chen', 'Dara', 'Emre', 'Freya', 'Goran', 'Hana', 'Ilya', 'Juno', 'Kofi', 'Lena'],
};
