import { sql } from 'drizzle-orm';
import { index, jsonb, pgTable, primaryKey, smallint, text, unique, uuid } from 'drizzle-orm/pg-core';
import { bytea, createdAt, instant, int8 } from '../columnTypes.ts';

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

/**
 * A row is an event that a projection has failed at, or one that waits behind such an event of the same player, so that a
 * player's events are applied in their order. Holds the event itself: it outlives the log's partitions. Goes when it is applied.
 */
export const eventFailures = pgTable(
  'event_failures',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    /** The order in which they are tried. */
    seq: int8('seq').notNull().generatedAlwaysAsIdentity({ name: 'event_failures_seq' }),
    projection: text('projection').notNull(),
    eventId: uuid('event_id').notNull(),
    playerId: uuid('player_id').notNull(),
    /** A `LoggedEvent`. */
    event: jsonb('event').notNull(),
    /** How often it has failed; 0 for one that waits behind another. */
    attempts: smallint('attempts').notNull(),
    /** What the last failure said; null before the first. */
    reason: text('reason'),
    failedAt: instant('failed_at').notNull(),
    tryAt: instant('try_at').notNull(),
    /** When it was given up: it is a dead letter, and holds up nobody. */
    deadAt: instant('dead_at'),
  },
  (table) => [
    unique('event_failures_event').on(table.projection, table.eventId),
    index('event_failures_waiting')
      .on(table.projection, table.playerId, table.seq)
      .where(sql`dead_at is null`),
    index('event_failures_dead')
      .on(table.deadAt, table.id)
      .where(sql`dead_at is not null`),
  ],
);

/** A row counts one player's events of one type in one game: what `statistics` makes of the log. */
export const playerEventCounts = pgTable(
  'player_event_counts',
  {
    playerId: uuid('player_id').notNull(),
    gameId: uuid('game_id').notNull(),
    type: text('type').notNull(),
    events: int8('events').notNull(),
    /** When they happened; for a clock that is wrong, when they came. */
    firstAt: instant('first_at').notNull(),
    lastAt: instant('last_at').notNull(),
  },
  (table) => [primaryKey({ name: 'player_event_counts_pkey', columns: [table.playerId, table.gameId, table.type] })],
);

/** A row counts the events of an hour, by when they came, that `statistics` has applied. */
export const eventHours = pgTable(
  'event_hours',
  {
    hour: instant('hour').notNull(),
    gameId: uuid('game_id').notNull(),
    type: text('type').notNull(),
    events: int8('events').notNull(),
  },
  (table) => [primaryKey({ name: 'event_hours_pkey', columns: [table.hour, table.gameId, table.type] })],
);

/** A row counts what came in an hour and was in the log already. Written by the statement that appends. */
export const eventDuplicates = pgTable(
  'event_duplicates',
  {
    hour: instant('hour').notNull(),
    gameId: uuid('game_id').notNull(),
    type: text('type').notNull(),
    events: int8('events').notNull(),
  },
  (table) => [primaryKey({ name: 'event_duplicates_pkey', columns: [table.hour, table.gameId, table.type] })],
);

/**
 * A row says which record of Kafka an event is: the first with its id that any group has met. Copies, of whoever sends again
 * what was not acknowledged, are no events. The key is the event, so that all groups agree on one record.
 */
export const eventRecords = pgTable(
  'event_records',
  {
    eventId: uuid('event_id').primaryKey(),
    topicId: uuid('topic_id').notNull(),
    partition: smallint('partition').notNull(),
    recordOffset: int8('record_offset').notNull(),
    metAt: instant('met_at').notNull(),
  },
  (table) => [
    index('event_records_met').on(table.metAt),
    index('event_records_address').on(table.topicId, table.partition, table.recordOffset),
  ],
);

/**
 * A row is how far a group has read a partition of Kafka: moved by the transaction that holds the effects, and locked by
 * it. The id of the topic is in the key because a topic that is made anew begins anew.
 */
export const kafkaPositions = pgTable(
  'kafka_positions',
  {
    reader: text('reader').notNull(),
    topicId: uuid('topic_id').notNull(),
    partition: smallint('partition').notNull(),
    /** The offset of the next record. */
    next: int8('next').notNull(),
  },
  (table) => [primaryKey({ name: 'kafka_positions_pkey', columns: [table.reader, table.topicId, table.partition] })],
);

/** A row is a record of Kafka that is no event: a dead letter from before it had a player. The key is where it lies. */
export const rejectedRecords = pgTable(
  'rejected_records',
  {
    topicId: uuid('topic_id').notNull(),
    partition: smallint('partition').notNull(),
    recordOffset: int8('record_offset').notNull(),
    key: bytea('key'),
    /** As it came. */
    value: bytea('value'),
    reason: text('reason').notNull(),
    rejectedAt: instant('rejected_at').notNull(),
    /** When the topic of dead letters had it. */
    sentAt: instant('sent_at'),
  },
  (table) => [
    primaryKey({ name: 'rejected_records_pkey', columns: [table.topicId, table.partition, table.recordOffset] }),
    index('rejected_records_unsent')
      .on(table.rejectedAt)
      .where(sql`sent_at is null`),
  ],
);

/** A row is a dead letter of a projection that Kafka's topic of dead letters has. */
export const sentDeadLetters = pgTable('sent_dead_letters', {
  failureId: uuid('failure_id')
    .primaryKey()
    .references(() => eventFailures.id, { onDelete: 'cascade' }),
});

/** A row is a type of event that a game has declared for itself. Never changed: events are in the log under it. */
export const eventTypes = pgTable('event_types', {
  id: uuid('id').primaryKey().defaultRandom(),
  gameId: uuid('game_id').notNull(),
  name: text('name').notNull(),
  /** Other names that it is sent under: `[name, …]`. */
  aliases: jsonb('aliases').notNull(),
  /** JSON Schema of its fields. */
  schema: jsonb('schema').notNull(),
  createdAt: createdAt(),
});

/** A row is a name or an alias of such a type: no two of a game have the same. */
export const eventTypeNames = pgTable(
  'event_type_names',
  {
    gameId: uuid('game_id').notNull(),
    name: text('name').notNull(),
    typeId: uuid('type_id').notNull(),
  },
  (table) => [primaryKey({ name: 'event_type_names_pkey', columns: [table.gameId, table.name] })],
);
