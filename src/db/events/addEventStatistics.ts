import { sql } from 'drizzle-orm';
import type { LoggedEvent } from '../../domain/events/event.ts';
import type { Queryable } from '../open.ts';
import { recordset } from '../recordset.ts';

/** Counts events, by player and by hour. Those of players who are no longer there count for the hour alone. */
export async function addEventStatistics(tx: Queryable, events: LoggedEvent[]): Promise<void> {
  await tx.rows(sql`
    with added as materialized (
      select x."playerId" as player_id, x."gameId" as game_id, x.type, count(*) as events, min(x.at) as first_at,
        max(x.at) as last_at
      from ${recordset(
        { playerId: 'uuid', gameId: 'uuid', type: 'text', at: 'timestamptz' },
        events.map((event) => ({ ...keyOf(event), playerId: event.playerId, at: momentOf(event) })),
      )} group by 1, 2, 3
    ), there as (
      -- Held against a deletion of the player, which would otherwise miss the row.
      select p.id from players p where p.id = any(array(select player_id from added)) and p.deleted_at is null
      order by p.id for key share
    )
    insert into player_event_counts as c (player_id, game_id, type, events, first_at, last_at)
    select * from added where (player_id in (select id from there)) is true order by player_id, game_id, type
    on conflict (player_id, game_id, type) do update set events = c.events + excluded.events,
      first_at = least(c.first_at, excluded.first_at), last_at = greatest(c.last_at, excluded.last_at)`);
  await tx.rows(sql`
    insert into event_hours as h (hour, game_id, type, events)
    select date_trunc('hour', x.at), x."gameId", x.type, count(*)
    from ${recordset(
      { gameId: 'uuid', type: 'text', at: 'timestamptz' },
      events.map((event) => ({ ...keyOf(event), at: event.receivedAt })),
    )} group by 1, 2, 3 order by 1, 2, 3
    on conflict (hour, game_id, type) do update set events = h.events + excluded.events`);
}

const keyOf = ({ gameId, type }: LoggedEvent) => ({ gameId, type });

/** When it happened, as far as the clock that says so can be believed. */
function momentOf({ occurredAt, receivedAt, isSkewed }: LoggedEvent): Date {
  return isSkewed ? receivedAt : occurredAt;
}
