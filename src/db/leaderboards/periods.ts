import { sql } from 'drizzle-orm';
import type { PeriodRef } from '../../domain/leaderboards/periodChange.ts';
import type { EntryValue } from '../../domain/leaderboards/standingOrder.ts';
import type { Queryable } from '../open.ts';
import { isPresent } from './periodKey.ts';
import { idsIn, recordset } from '../recordset.ts';

export type PeriodRow = { id: number; revision: number; size: number };
export type PeriodEntry = EntryValue & { playerId: string; revision: number };

/** Null while nobody has submitted to the period. */
export async function findPeriod(database: Queryable, period: PeriodRef): Promise<PeriodRow | null> {
  const [row] = await database.rows<PeriodRow>(sql`
    select id, revision, size from board_periods
    where leaderboard_id = ${period.leaderboardId} and cadence = ${period.cadence}::cadence and key = ${period.periodKey}`);
  return row ?? null;
}

/** The present revisions of periods, by id. */
export async function readRevisions(database: Queryable, periodIds: number[]): Promise<Map<number, number>> {
  const rows = await database.rows<{ id: number; revision: number }>(sql`
    select id, revision from board_periods where id = ${idsIn(periodIds, 'int8')}`);
  return new Map(rows.map(({ id, revision }) => [id, revision]));
}

/** The entries of a period that stand behind `after`, or all of them with null, in standing order. */
export async function readInOrder(
  snapshot: Queryable,
  { periodId, after, limit }: { periodId: number; after: EntryValue | null; limit: number },
): Promise<PeriodEntry[]> {
  const beyond = after
    ? sql`and (order_key, reached_seq) > (${after.orderKey}::int8, ${after.reachedSeq}::int8)`
    : sql``;
  return snapshot.rows<PeriodEntry>(sql`
    select player_id as "playerId", order_key as "orderKey", reached_seq as "reachedSeq", revision from entries
    where period_id = ${periodId}::int8 ${beyond} order by order_key, reached_seq limit ${limit}::int`);
}

/** The present periods that anybody stands in: of one board, or of all. */
export async function listPresentPeriods(database: Queryable, leaderboardId: string | null): Promise<PeriodRef[]> {
  return database.rows<PeriodRef>(sql`
    select p.leaderboard_id as "leaderboardId", p.cadence, p.key as "periodKey" from board_periods p
    where p.size > 0 and (${leaderboardId}::uuid is null or p.leaderboard_id = ${leaderboardId}::uuid) and ${isPresent}
    order by p.leaderboard_id, p.cadence`);
}

/** Which of these players have an entry in the period. */
export async function playersWithin(snapshot: Queryable, periodId: number, playerIds: string[]): Promise<Set<string>> {
  const rows = await snapshot.rows<{ id: string }>(sql`
    select e.player_id as id from ${recordset(
      { id: 'uuid' },
      playerIds.map((id) => ({ id })),
    )} join entries e on e.period_id = ${periodId}::int8 and e.player_id = x.id`);
  return new Set(rows.map(({ id }) => id));
}
