import { sql } from 'drizzle-orm';
import type { LoggedEvent } from '../../domain/events/event.ts';
import type { Queryable } from '../open.ts';
import { idsIn, recordset } from '../recordset.ts';
import { loggedEventOf } from './loggedEventRow.ts';

/** An event that is kept for another attempt. `reason` is null for one that only waits behind another. */
export type NewFailure = { event: LoggedEvent; reason: string | null; pauseMs: number };

export type DueFailure = { id: string; event: LoggedEvent; attempts: number };

/** Of these players, those of whom something waits to be tried again. */
export async function findWaiting(tx: Queryable, projection: string, playerIds: string[]): Promise<Set<string>> {
  const rows = await tx.rows<{ playerId: string }>(sql`
    select distinct f.player_id as "playerId" from event_failures f
    where f.projection = ${projection} and f.player_id = ${idsIn(playerIds)} and f.dead_at is null`);
  return new Set(rows.map(({ playerId }) => playerId));
}

/** Keeps events for another attempt, in their order. One that is kept already stays as it is. */
export async function insertFailures(tx: Queryable, projection: string, failures: NewFailure[]): Promise<void> {
  await tx.rows(sql`
    insert into event_failures (projection, event_id, player_id, event, attempts, reason, failed_at, try_at)
    select ${projection}, (x.event ->> 'id')::uuid, (x.event ->> 'playerId')::uuid, x.event,
      case when x.reason is null then 0 else 1 end, x.reason, clock_timestamp(),
      clock_timestamp() + x."pauseMs" * interval '1 millisecond'
    from ${recordset(
      { ord: 'int', event: 'jsonb', reason: 'text', pauseMs: 'int8' },
      failures.map((failure, ord) => ({ ...failure, ord })),
    )} order by x.ord on conflict do nothing`);
}

/** Takes the next event that is due and has no earlier one of its player before it. Null for none, or none that is free. */
export async function claimFailure(tx: Queryable, projection: string): Promise<DueFailure | null> {
  const [row] = await tx.rows<DueFailure>(sql`
    select f.id, f.event, f.attempts from event_failures f
    where f.projection = ${projection} and f.dead_at is null and f.try_at <= clock_timestamp() and not exists (
      select 1 from event_failures earlier
      where earlier.projection = f.projection and earlier.player_id = f.player_id and earlier.dead_at is null
        and earlier.seq < f.seq
    )
    order by f.seq limit 1 for update of f skip locked`);
  return row ? { ...row, event: loggedEventOf(row.event) } : null;
}

export async function deleteFailure(tx: Queryable, id: string): Promise<void> {
  await tx.rows(sql`delete from event_failures where id = ${id}::uuid`);
}

/** Notes another failure: the event is tried again after the pause, or, where there is none, given up. */
export async function failAgain(
  tx: Queryable,
  { id, reason, pauseMs }: { id: string; reason: string; pauseMs: number | null },
): Promise<void> {
  await tx.rows(sql`
    update event_failures set attempts = attempts + 1, reason = ${reason}, failed_at = clock_timestamp(),
      try_at = clock_timestamp() + coalesce(${pauseMs}::int8, 0) * interval '1 millisecond',
      dead_at = case when ${pauseMs}::int8 is null then date_trunc('milliseconds', clock_timestamp()) end
    where id = ${id}::uuid`);
}
