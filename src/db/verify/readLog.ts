import { sql } from 'drizzle-orm';
import type { Cadence } from '../../domain/leaderboards/period.ts';
import type { Leaderboard } from '../../domain/leaderboards/leaderboard.ts';
import type { Queryable } from '../open.ts';
import { leaderboardJson } from '../leaderboards/leaderboardColumns.ts';
import { playEnd } from '../leaderboards/playEnd.ts';

/**
 * One accepted submission, as far as standings and statistics depend on it. `playedAt` is when its play ended, said or not.
 * `onlyIn` are the periods that it counted in, as `cadence key`, where a tournament took it late; null: in those of `playedAt`.
 */
export type LogRow = {
  seq: number;
  playerId: string;
  score: number;
  playedAt: Date;
  submittedAt: Date;
  onlyIn: string[] | null;
};

export type StoredEntry = { periodId: number; playerId: string; orderKey: number; reachedSeq: number };
export type StoredPeriod = { id: number; cadence: Cadence; key: string; size: number };
export type StoredStatistics = {
  playerId: string;
  scores: number;
  sum: string;
  highScore: number;
  lastPlayedAt: Date | null;
};

export async function listAllLeaderboards(snapshot: Queryable): Promise<Leaderboard[]> {
  const rows = await snapshot.rows<{ board: Leaderboard }>(
    sql`select ${leaderboardJson} as board from leaderboards l order by l.id`,
  );
  return rows.map(({ board }) => board);
}

/** The log of one board after `seq`, in the order of acceptance. */
export async function readLog(
  snapshot: Queryable,
  { leaderboardId, seq, limit }: { leaderboardId: string; seq: number; limit: number },
): Promise<LogRow[]> {
  return snapshot.rows<LogRow>(sql`
    select s.seq, s.player_id as "playerId", s.score, ${playEnd} as "playedAt", s.submitted_at as "submittedAt",
      case when s.played_at is not null and s.effect ? 'attempts' then array(
        select concat_ws(' ', e ->> 1, e ->> 2) from jsonb_array_elements(s.effect -> 'entries') as e
      ) end as "onlyIn"
    from submissions s
    where s.leaderboard_id = ${leaderboardId} and s.seq > ${seq}::int8 order by s.seq limit ${limit}::int`);
}

export async function listPeriods(snapshot: Queryable, leaderboardId: string): Promise<StoredPeriod[]> {
  return snapshot.rows<StoredPeriod>(sql`
    select id, cadence, key, size from board_periods where leaderboard_id = ${leaderboardId} order by id`);
}

/** The entries of one period after a player, by player id. */
export async function readEntries(
  snapshot: Queryable,
  { periodId, playerId, limit }: { periodId: number; playerId: string; limit: number },
): Promise<StoredEntry[]> {
  return snapshot.rows<StoredEntry>(sql`
    select period_id as "periodId", player_id as "playerId", order_key as "orderKey", reached_seq as "reachedSeq"
    from entries where period_id = ${periodId}::int8 and player_id > ${playerId}::uuid
    order by player_id limit ${limit}::int`);
}

/** The statistics of one board after a player, by player id. */
export async function readStatistics(
  snapshot: Queryable,
  { leaderboardId, playerId, limit }: { leaderboardId: string; playerId: string; limit: number },
): Promise<StoredStatistics[]> {
  return snapshot.rows<StoredStatistics>(sql`
    select player_id as "playerId", scores, sum::text as sum, high_score as "highScore",
      last_played_at as "lastPlayedAt" from player_statistics
    where leaderboard_id = ${leaderboardId} and player_id > ${playerId}::uuid
    order by player_id limit ${limit}::int`);
}
