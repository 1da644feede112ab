import { sql } from 'drizzle-orm';
import type { NewEvent } from '../../domain/events/event.ts';
import type { Queryable } from '../open.ts';
import { recordset } from '../recordset.ts';

/** `copies` is how often it was sent: all but one are duplicates. Without `receivedAt` it comes now. */
export type SentEvent = NewEvent & { copies: number; receivedAt?: Date };

/**
 * Appends events in one statement, and answers which of them were new, by id. Safe to repeat. Locks the head of the log and
 * then keys, so appends run one after another; those of a crowd are best put together.
 */
export async function appendEvents(database: Queryable, events: SentEvent[]): Promise<Set<string>> {
  const rows = await database.rows<{ id: string }>(sql`
    with input as materialized (
      select * from ${recordset(
        {
          ord: 'int',
          copies: 'int',
          id: 'uuid',
          gameId: 'uuid',
          playerId: 'uuid',
          type: 'text',
          version: 'int2',
          occurredAt: 'timestamptz',
          timestampText: 'text',
          clientId: 'text',
          appVersion: 'text',
          platform: 'text',
          sessionId: 'text',
          locale: 'text',
          payload: 'jsonb',
          receivedAt: 'timestamptz',
        },
        events.map((event, index) => ({ receivedAt: null, ...event, ord: index + 1 })),
      )}
    ), head as (
      update event_head set position = position + ${events.length}::int
      returning position - ${events.length}::int as base, date_trunc('milliseconds', clock_timestamp()) as at
    ), keys as (
      insert into event_keys (id, position) select x.id, head.base + x.ord from head, input x
      on conflict do nothing returning id
    ), stored as (
      insert into events (position, received_at, id, game_id, player_id, type, version, occurred_at, timestamp_text,
        client_id, app_version, platform, session_id, locale, payload)
      -- Nothing is older than the oldest partition that is made.
      select head.base + x.ord,
        greatest(coalesce(x."receivedAt", head.at), date_trunc('month', head.at, 'UTC') - interval '1 month'), x.id, x."gameId", x."playerId", x.type, x.version, x."occurredAt",
        x."timestampText", x."clientId", x."appVersion", x.platform, x."sessionId", x.locale, x.payload
      from head, input x
      -- Not as a plain condition, which would be a join, and one that compares each with each.
      where (x.id in (select keys.id from keys)) is true
    ), duplicates as (
      insert into event_duplicates as d (hour, game_id, type, events)
      select date_trunc('hour', head.at), x."gameId", x.type, sum(x.copies - (x.id in (select keys.id from keys))::int)
      from head, input x where x.copies > 1 or (x.id in (select keys.id from keys)) is not true
      group by 1, 2, 3
      on conflict (hour, game_id, type) do update set events = d.events + excluded.events
    )
    select id from keys`);
  return new Set(rows.map(({ id }) => id));
}
