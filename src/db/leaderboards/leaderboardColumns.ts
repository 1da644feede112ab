import { sql } from 'drizzle-orm';

/** A `Leaderboard` as JSON, from `leaderboards l`: one column, typed alike on both drivers. */
export const leaderboardJson = sql`json_build_object('id', l.id, 'gameId', l.game_id, 'slug', l.slug, 'name', l.name,
  'sortOrder', l.sort_order, 'operator', l.operator, 'cadences', l.cadences,
  'minScore', l.min_score, 'maxScore', l.max_score, 'graceS', l.grace_s)`;
