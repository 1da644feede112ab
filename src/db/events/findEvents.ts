import { sql } from 'drizzle-orm';
import type { EventProgress } from '../../domain/events/deadLetter.ts';
import type { LoggedEvent } from '../../domain/events/event.ts';
import type { Page, PageQuery } from '../../domain/page.ts';
import type { Queryable } from '../open.ts';
import { recordset } from '../recordset.ts';
import { type List, readPage } from '../readPage.ts';
import { EVENT_LOGGER } from './kafkaPositions.ts';
import { laneIn } from './lane.ts';
import { loggedEventColumns } from './loggedEventRow.ts';

/** An event with its place in the log. */
export type PlacedEvent = LoggedEvent & { position: number };

/** Null when there is no such event, or none any more. */
export async function findEvent(database: Queryable, id: string): Promise<PlacedEvent | null> {
  const [row] = await database.rows<PlacedEvent>(sql`
    select e.position, ${loggedEventColumns} from event_keys k join events e on e.position = k.position
    where k.id = ${id}::uuid`);
  return row ?? null;
}

/** A player's events, the latest first. */
export async function listPlayerEvents(
  database: Queryable,
  query: PageQuery<number> & { playerId: string },
): Promise<Page<PlacedEvent>> {
  const list: List<number> = {
    columns: sql`e.position, ${loggedEventColumns}`,
    from: sql`events e where e.player_id = ${query.playerId}::uuid`,
    keys: [sql`e.position`],
    isDescending: true,
    valueOf: (position) => sql`(${position}::int8)`,
  };
  return readPage(database, list, query);
}

/** How far each projection has come with each of these events, by event. */
export async function readEventProgress(database: Queryable, ids: string[]): Promise<Map<string, EventProgress[]>> {
  const rows = await database.rows<EventProgress & { id: string }>(sql`
    select x.id, p.projection,
      case when f.dead_at is not null then 'DEAD' when f.id is not null then 'RETRYING'
        when p.is_pending then 'PENDING' else 'APPLIED' end as state,
      coalesce(f.attempts, 0) as attempts, f.reason
    from ${recordset(
      { id: 'uuid' },
      ids.map((id) => ({ id })),
    )}
    join event_keys k on k.id = x.id join events e on e.position = k.position
    left join event_records r on r.event_id = x.id
    cross join lateral (
      select p.projection, p.position < e.position as is_pending from event_positions p
      where r.event_id is null and p.lane = ${laneIn(sql`e.player_id`)}
      union all
      select k.reader, k.next <= r.record_offset from kafka_positions k
      where k.topic_id = r.topic_id and k.partition = r.partition and k.reader <> ${EVENT_LOGGER}
    ) p
    left join event_failures f on f.projection = p.projection and f.event_id = x.id
    order by x.id, p.projection`);
  const progress = new Map<string, EventProgress[]>();
  for (const { id, ...row } of rows) progress.set(id, [...(progress.get(id) ?? []), row]);
  return progress;
}
