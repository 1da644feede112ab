import { sql } from 'drizzle-orm';
import type { LoggedEvent } from '../../domain/events/event.ts';
import type { Queryable } from '../open.ts';
import { recordset } from '../recordset.ts';
import { LANES, laneIn, laneOf } from './lane.ts';
import { loggedEventColumns } from './loggedEventRow.ts';

/** Half of them at a time, so that a second worker finds some. */
const LANES_AT_ONCE = 8;
/** What one transaction applies. */
const EVENTS_MAX = 500;
/** How far one statement looks for events of its lanes. */
const POSITIONS_MAX = 10_000;

/** Lanes of a projection that one worker has to itself, and the last position of the log. */
export type ClaimedLanes = { lanes: { lane: number; position: number }[]; head: number };

/** Makes the positions of a projection, at the beginning of the log, where they are missing. */
export async function insertLanes(database: Queryable, projection: string): Promise<void> {
  await database.rows(sql`
    insert into event_positions (projection, lane, position)
    select ${projection}, lane, 0 from generate_series(0, ${LANES - 1}::int) as lane on conflict do nothing`);
}

/** Takes lanes that have something to read, those that are furthest behind first, and none that another worker has. Null for none. */
export async function claimLanes(tx: Queryable, projection: string): Promise<ClaimedLanes | null> {
  const rows = await tx.rows<{ lane: number; position: number; head: number }>(sql`
    select p.lane, p.position, h.position as head from event_positions p, event_head h
    where p.projection = ${projection} and p.position < h.position
    order by p.position, p.lane limit ${LANES_AT_ONCE}::int for update of p skip locked`);
  const [first] = rows;
  return first ? { lanes: rows.map(({ lane, position }) => ({ lane, position })), head: first.head } : null;
}

/** The next events of the lanes, in the order of the log, and up to where that is all. */
export async function readLanes(
  tx: Queryable,
  { lanes, head }: ClaimedLanes,
): Promise<{ events: LoggedEvent[]; upTo: number }> {
  const from = Math.min(...lanes.map(({ position }) => position));
  const upTo = Math.min(head, from + POSITIONS_MAX);
  const mask = lanes.reduce((bits, { lane }) => bits | (1 << lane), 0);
  const starts = new Map(lanes.map(({ lane, position }) => [lane, position]));
  const isUnread = (event: { playerId: string; position: number }) =>
    event.position > (starts.get(laneOf(event.playerId)) ?? 0);
  const rows = await tx.rows<LoggedEvent & { position: number }>(sql`
    select e.position, ${loggedEventColumns} from events e
    where e.position > ${from}::int8 and e.position <= ${upTo}::int8
      and 1 << (${laneIn(sql`e.player_id`)}) & ${mask}::int <> 0
    order by e.position limit ${EVENTS_MAX}::int`);
  return {
    events: rows.filter(isUnread).map(({ position: _position, ...event }) => event),
    upTo: rows.length < EVENTS_MAX ? upTo : (rows.at(-1)?.position ?? upTo),
  };
}

/** Says that all events up to a position have been applied. In the transaction that applies them. */
export async function moveLanes(
  tx: Queryable,
  { projection, lanes, upTo }: { projection: string; lanes: ClaimedLanes['lanes']; upTo: number },
): Promise<void> {
  await tx.rows(sql`
    update event_positions p set position = greatest(p.position, ${upTo}::int8)
    from ${recordset(
      { lane: 'int2' },
      lanes.map(({ lane }) => ({ lane })),
    )} where p.projection = ${projection} and p.lane = x.lane`);
}
