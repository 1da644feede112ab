import { index, jsonb, pgTable, primaryKey, smallint, text, uuid } from 'drizzle-orm/pg-core';
import { instant, int8 } from '../columnTypes.ts';

/**
 * The log of events: a row is one event, never changed. Partitioned by `received_at`, a table a month, which makes that moment
 * part of the key. No foreign keys: what is appended was looked up just before, and the checks would cost more than the rows.
 */
export const events = pgTable(
  'events',
  {
    /** The order of the commits: see `event_head`. Numbers that duplicates were given are left out. */
    position: int8('position').notNull(),
    receivedAt: instant('received_at').notNull(),
    /** Follows from what the event is: see `event_keys`. */
    id: uuid('id').notNull(),
    gameId: uuid('game_id').notNull(),
    playerId: uuid('player_id').notNull(),
    type: text('type').notNull(),
    version: smallint('version').notNull(),
    occurredAt: instant('occurred_at').notNull(),
    /** `occurred_at` as it was sent, with the digits and the offset that it had. */
    timestampText: text('timestamp_text').notNull(),
    /** The id that its sender gave it. */
    clientId: text('client_id'),
    appVersion: text('app_version'),
    platform: text('platform'),
    sessionId: text('session_id'),
    locale: text('locale'),
    payload: jsonb('payload').notNull(),
  },
  (table) => [
    primaryKey({ name: 'events_pkey', columns: [table.position, table.receivedAt] }),
    index('events_player').on(table.playerId, table.position),
  ],
);

/** A row is an event that is in the log, by what it is: unique over all partitions, which no index of theirs can be. */
export const eventKeys = pgTable('event_keys', {
  id: uuid('id').primaryKey(),
  position: int8('position').notNull(),
});

/**
 * One row: the last position that was given. Whoever appends takes it until the commit, so events become visible in the order
 * of their positions, and a reader that has read up to one has missed none before it.
 */
export const eventHead = pgTable('event_head', {
  id: smallint('id').primaryKey(),
  position: int8('position').notNull(),
});

/**
 * A row is how far a projection has read one lane: the events of the players whose ids fall into it. Locked by the one
 * worker that reads there.
 */
export const eventPositions = pgTable(
  'event_positions',
  {
    projection: text('projection').notNull(),
    lane: smallint('lane').notNull(),
    position: int8('position').notNull(),
  },
  (table) => [primaryKey({ name: 'event_positions_pkey', columns: [table.projection, table.lane] })],
);
