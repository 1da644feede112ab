import { PRESET } from '../prizes/payoutRule.ts';
import type { ScoreRule } from '../leaderboards/scoreRule.ts';
import type { Leaderboard } from '../leaderboards/leaderboard.ts';
import { RULES_DEFAULT } from '../tournaments/tournament.ts';
import type { SeriesRules } from '../tournaments/tournamentSeries.ts';

type DemoBoard = Omit<Leaderboard, 'gameId' | 'graceS' | 'id' | 'maxScore' | 'minScore'> & { scoreRules: ScoreRule[] };

const SCORING_TYPES = ['player_score', 'quest_completed', 'achievement_unlocked', 'boss_defeated'];

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
      scoreRules: [{ eventType: 'game_ended', filter: { game_mode: 'endless' }, value: 'score' }],
    },
    {
      slug: 'fastest-lap',
      name: 'Fastest lap (ms)',
      sortOrder: 'ASCENDING',
      operator: 'BEST',
      cadences: ['ALL_TIME', 'WEEKLY'],
      scoreRules: [],
    },
    {
      slug: 'coins',
      name: 'Coins collected',
      sortOrder: 'DESCENDING',
      operator: 'SUM',
      cadences: ['ALL_TIME', 'DAILY'],
      scoreRules: [],
    },
    {
      slug: 'points',
      name: 'Points',
      sortOrder: 'DESCENDING',
      operator: 'SUM',
      cadences: ['ALL_TIME', 'DAILY', 'WEEKLY'],
      scoreRules: SCORING_TYPES.map((eventType) => ({ eventType, filter: null, value: 'score' })),
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
      payoutRule: PRESET,
      registrationOpensBeforeS: null,
      registrationClosesAfterS: null,
    } satisfies SeriesRules,
  },
  nicknames: ['Aida', 'Bruno', 'Chen', 'Dara', 'Emre', 'Freya', 'Goran', 'Hana', 'Ilya', 'Juno', 'Kofi', 'Lena'],
};
