import { sql } from 'drizzle-orm';
import type { NewEvent } from '../../domain/events/event.ts';
import type { Queryable } from '../open.ts';
import { recordset } from '../recordset.ts';

/** Counts what came and was in the log already, where `appendEvents` has not been asked. */
export async function countDuplicates(database: Queryable, events: NewEvent[]): Promise<void> {
  await database.rows(sql`
    insert into event_duplicates as d (hour, game_id, type, events)
    select date_trunc('hour', clock_timestamp()), x."gameId", x.type, count(*)
    from ${recordset(
      { gameId: 'uuid', type: 'text' },
      events.map(({ gameId, type }) => ({ gameId, type })),
    )} group by 1, 2, 3 order by 1, 2, 3
    on conflict (hour, game_id, type) do update set events = d.events + excluded.events`);
}
