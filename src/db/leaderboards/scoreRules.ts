import { sql } from 'drizzle-orm';
import type { Leaderboard } from '../../domain/leaderboards/leaderboard.ts';
import type { ScoreRule } from '../../domain/leaderboards/scoreRule.ts';
import type { Queryable } from '../open.ts';
import { idsIn } from '../recordset.ts';
import { leaderboardJson } from './leaderboardColumns.ts';

export type ScoringBoard = { board: Leaderboard; rules: ScoreRule[] };

/** The boards of these games that events bring scores to. */
export async function listScoringBoards(database: Queryable, gameIds: Iterable<string>): Promise<ScoringBoard[]> {
  return database.rows<ScoringBoard>(sql`
    select ${leaderboardJson} as board, l.score_rules as rules from leaderboards l
    where l.game_id = ${idsIn(gameIds)} and l.score_rules <> '[]' order by l.id`);
}

/** The rules of boards, by board. */
export async function loadScoreRules(database: Queryable, boardIds: string[]): Promise<Map<string, ScoreRule[]>> {
  const rows = await database.rows<{ id: string; rules: ScoreRule[] }>(sql`
    select l.id, l.score_rules as rules from leaderboards l where l.id = ${idsIn(boardIds)}`);
  return new Map(rows.map(({ id, rules }) => [id, rules]));
}
