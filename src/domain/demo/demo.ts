import { PRESET } from '../prizes/payoutRule.ts';
import type { Leaderboard } from '../leaderboards/leaderboard.ts';
import { RULES_DEFAULT } from '../tournaments/tournament.ts';
import type { SeriesRules } from '../tournaments/tournamentSeries.ts';

type DemoBoard = Omit<Leaderboard, 'gameId' | 'graceS' | 'id' | 'maxScore' | 'minScore'>;

/** The game that a newcomer finds: one board of each kind, a few players on them, and a tournament each week. */
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
  series: {
    board: 'high-scores',
    name: 'Weekly cup',
    cron: '0 0 * * 1',
    timeZone: 'UTC',
    durationS: 7 * 24 * 60 * 60,
    rules: {
      ...RULES_DEFAULT,
      prizeTable: PRESET,
      registrationOpensBeforeS: null,
      registrationClosesAfterS: null,
    } satisfies SeriesRules,
  },
  nicknames: ['Aida', 'Bruno', 'Chen', 'Dara', 'Emre', 'Freya', 'Goran', 'Hana', 'Ilya', 'Juno', 'Kofi', 'Lena'],
};
