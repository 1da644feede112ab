import { type SQL, sql } from 'drizzle-orm';
import type { PeriodChange, PeriodRef } from '../../domain/leaderboards/periodChange.ts';
import { given } from '../fixed.ts';
import type { Queryable } from '../open.ts';
import { idsIn } from '../recordset.ts';
import type { Effect } from './submissionRow.ts';

/** A transaction whose changes may not have reached Redis. */
export type MirrorOutboxRow = { id: number; changes: PeriodChange[] };

type StoredRow = {
  id: number;
  periods: [periodId: number, before: number, after: number][];
  seqs: number[];
  removed: string[];
};
type LogRow = { seq: number; playerId: string; effect: Effect };

/** What a transaction did, for the outbox: the log rows that brought the changes, and the players who were removed. */
export type MirrorOutboxEntry = { isMirrored: boolean; seqs: number[]; removed: string[] };

const storing = sql`stored as (
    insert into mirror_outbox (periods, seqs, removed)
    select jsonb_agg(jsonb_build_array(id, before, after)), ${given('seqs')}::text::jsonb, ${given('removed')}::text::jsonb
    from bumped having count(*) > 0 returning id)`;
const storingNothing = sql`stored as (select null::int8 as id where false)`;

/**
 * Makes a statement in two forms with the part that stores in the mirror's outbox what its CTE `bumped (id, before, after)`
 * did. That part yields `stored (id)`, empty where there is nothing to mirror to. It is given `mirrorOutboxParams`.
 */
export function inMirrorOutbox<Made>(make: (part: SQL) => Made): (entry: MirrorOutboxEntry) => Made {
  const [mirrored, plain] = [make(storing), make(storingNothing)];
  return ({ isMirrored }) => (isMirrored ? mirrored : plain);
}

export const mirrorOutboxParams = ({ seqs, removed }: MirrorOutboxEntry): Record<'removed' | 'seqs', string> => ({
  seqs: JSON.stringify(seqs),
  removed: JSON.stringify(removed),
});

/** Rows that are older than `ageMs`, the oldest first. Reads what the changes were from the log. */
export async function readMirrorOutbox(
  database: Queryable,
  { ageMs, limit }: { ageMs: number; limit: number },
): Promise<MirrorOutboxRow[]> {
  const stored = await database.rows<StoredRow>(sql`
    select id, periods, seqs, removed from mirror_outbox
    where created_at < clock_timestamp() - ${ageMs}::int * interval '1 millisecond' order by id limit ${limit}::int`);
  if (stored.length === 0) return [];
  const [refs, log] = await Promise.all([
    readPeriodRefs(
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
      const period = refs.get(periodId);
      if (!period) return [];
      const rows = seqs.flatMap((seq) => log.get(seq) ?? []);
      return [{ ...period, periodId, fromRevision, toRevision, entries: entriesOf(rows, periodId), removed }];
    }),
  }));
}

/** The oldest `limit` rows and the periods that they are about; null while fewer are that old. */
export async function readBacklog(
  database: Queryable,
  { ageMs, limit }: { ageMs: number; limit: number },
): Promise<{ ids: number[]; periods: PeriodRef[] } | null> {
  const rows = await database.rows<{ id: number; periodIds: number[] }>(sql`
    select id, jsonb_path_query_array(periods, '$[*][0]') as "periodIds" from mirror_outbox
    where created_at < clock_timestamp() - ${ageMs}::int * interval '1 millisecond' order by id limit ${limit}::int`);
  if (rows.length < limit) return null;
  const refs = await readPeriodRefs(
    database,
    rows.flatMap(({ periodIds }) => periodIds),
  );
  return { ids: rows.map(({ id }) => id), periods: [...refs.values()] };
}

/** Waits for no disk: a removal that a crash undoes is done again, and repeating a change is harmless. */
export async function deleteFromMirrorOutbox(database: Queryable, ids: number[]): Promise<void> {
  await database.rows(sql`
    delete from mirror_outbox where id = ${idsIn(ids, 'int8')} and set_config('synchronous_commit', 'off', true) is not null`);
}

export async function countMirrorOutbox(database: Queryable): Promise<number> {
  const [row] = await database.rows<{ rows: number }>(sql`select count(*)::int as rows from mirror_outbox`);
  return row?.rows ?? 0;
}

async function readPeriodRefs(database: Queryable, ids: number[]): Promise<Map<number, PeriodRef>> {
  const rows = await database.rows<PeriodRef & { id: number }>(sql`
    select id, leaderboard_id as "leaderboardId", cadence, key as "periodKey" from board_periods
    where id = ${idsIn(ids, 'int8')}`);
  return new Map(rows.map(({ id, ...period }) => [id, period]));
}

async function readLogRows(database: Queryable, seqs: number[]): Promise<Map<number, LogRow>> {
  const rows = await database.rows<LogRow>(sql`
    select seq, player_id as "playerId", effect from submissions
    where seq = ${idsIn(seqs, 'int8')}`);
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
