import { type SQL, sql } from 'drizzle-orm';
import type { PeriodChange, PeriodRef } from '../../domain/leaderboards/periodChange.ts';
import { given } from '../fixed.ts';
import type { Queryable } from '../open.ts';
import { recordset } from '../recordset.ts';
import type { Effect } from './submissionRow.ts';

/** A transaction whose changes may not have reached Redis. */
export type OutboxRow = { id: number; changes: PeriodChange[] };

type StoredRow = {
  id: number;
  periods: [periodId: number, before: number, after: number][];
  seqs: number[];
  removed: string[];
};
type LogRow = { seq: number; playerId: string; effect: Effect };

/** What a transaction did, for the outbox: the log rows that brought the changes, and the players who were removed. */
export type OutboxEntry = { isMirrored: boolean; seqs: number[]; removed: string[] };

const kept = sql`kept as (
    insert into mirror_outbox (periods, seqs, removed)
    select jsonb_agg(jsonb_build_array(id, before, after)), ${given('seqs')}::text::jsonb, ${given('removed')}::text::jsonb
    from bumped having count(*) > 0 returning id)`;
const nothingKept = sql`kept as (select null::int8 as id where false)`;

/**
 * Makes a statement in two forms with the part that notes in the outbox what its CTE `bumped (id, before, after)` did. That
 * part yields `kept (id)`, empty where there is nothing to mirror to. It is given `outboxParams`.
 */
export function inOutbox<Made>(make: (part: SQL) => Made): (entry: OutboxEntry) => Made {
  const [mirrored, plain] = [make(kept), make(nothingKept)];
  return ({ isMirrored }) => (isMirrored ? mirrored : plain);
}

export const outboxParams = ({ seqs, removed }: OutboxEntry): Record<'removed' | 'seqs', string> => ({
  seqs: JSON.stringify(seqs),
  removed: JSON.stringify(removed),
});

/** Rows that are older than `ageMs`, the oldest first. Reads what the changes were from the log. */
export async function readOutbox(
  database: Queryable,
  { ageMs, limit }: { ageMs: number; limit: number },
): Promise<OutboxRow[]> {
  const stored = await database.rows<StoredRow>(sql`
    select id, periods, seqs, removed from mirror_outbox
    where created_at < clock_timestamp() - ${ageMs}::int * interval '1 millisecond' order by id limit ${limit}::int`);
  if (stored.length === 0) return [];
  const [places, log] = await Promise.all([
    readPlaces(
      database,
      stored.flatMap(({ periods }) => periods.map(([id]) => id)),
    ),
    readLogRows(
      database,
      stored.flatMap(({ seqs }) => seqs),
    ),
  ]);
  return stored.map(({ id, periods, seqs, removed }) => ({
    id,
    changes: periods.flatMap(([periodId, fromRevision, toRevision]): PeriodChange[] => {
      const place = places.get(periodId);
      if (!place) return [];
      const rows = seqs.flatMap((seq) => log.get(seq) ?? []);
      return [{ ...place, periodId, fromRevision, toRevision, entries: entriesOf(rows, periodId), removed }];
    }),
  }));
}

/** The oldest `limit` rows and the places that they are about; null while fewer are that old. */
export async function readBacklog(
  database: Queryable,
  { ageMs, limit }: { ageMs: number; limit: number },
): Promise<{ ids: number[]; places: PeriodRef[] } | null> {
  const rows = await database.rows<{ id: number; periodIds: number[] }>(sql`
    select id, jsonb_path_query_array(periods, '$[*][0]') as "periodIds" from mirror_outbox
    where created_at < clock_timestamp() - ${ageMs}::int * interval '1 millisecond' order by id limit ${limit}::int`);
  if (rows.length < limit) return null;
  const places = await readPlaces(
    database,
    rows.flatMap(({ periodIds }) => periodIds),
  );
  return { ids: rows.map(({ id }) => id), places: [...places.values()] };
}

/** Waits for no disk: a removal that a crash undoes is done again, and repeating a change is harmless. */
export async function deleteOutbox(database: Queryable, ids: number[]): Promise<void> {
  await database.rows(sql`
    delete from mirror_outbox where id = any(array(select x.id from ${recordset(
      { id: 'int8' },
      ids.map((id) => ({ id })),
    )})) and set_config('synchronous_commit', 'off', true) is not null`);
}

export async function countOutbox(database: Queryable): Promise<number> {
  const [row] = await database.rows<{ rows: number }>(sql`select count(*)::int as rows from mirror_outbox`);
  return row?.rows ?? 0;
}

async function readPlaces(database: Queryable, ids: number[]): Promise<Map<number, PeriodRef>> {
  const rows = await database.rows<PeriodRef & { id: number }>(sql`
    select id, leaderboard_id as "leaderboardId", cadence, key as "periodKey" from board_periods
    where id = any(array(select x.id from ${recordset(
      { id: 'int8' },
      [...new Set(ids)].map((id) => ({ id })),
    )}))`);
  return new Map(rows.map(({ id, ...place }) => [id, place]));
}

async function readLogRows(database: Queryable, seqs: number[]): Promise<Map<number, LogRow>> {
  const rows = await database.rows<LogRow>(sql`
    select seq, player_id as "playerId", effect from submissions
    where seq = any(array(select x.seq from ${recordset(
      { seq: 'int8' },
      seqs.map((seq) => ({ seq })),
    )}))`);
  return new Map(rows.map((row) => [row.seq, row]));
}

/** The last entry that the submissions gave each player in the period. */
function entriesOf(rows: LogRow[], periodId: number): PeriodChange['entries'] {
  const entries = new Map<string, PeriodChange['entries'][number]>();
  for (const { seq, playerId, effect } of rows.toSorted((a, b) => a.seq - b.seq)) {
    for (const [id, , , orderKey, reachedSeq] of effect.entries) {
      if (id === periodId && reachedSeq === seq) entries.set(playerId, { playerId, orderKey, reachedSeq });
    }
  }
  return [...entries.values()];
}
