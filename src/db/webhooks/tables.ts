import { sql } from 'drizzle-orm';
import { index, jsonb, pgTable, text, unique, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { createdAt, instant, int8 } from '../columnTypes.ts';
import { games } from '../leaderboards/tables.ts';

/** A row is a URL that a game's webhook events are posted to: those of what happened after its creation. */
export const webhooks = pgTable(
  'webhooks',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    gameId: uuid('game_id')
      .notNull()
      .references(() => games.id),
    url: text('url').notNull(),
    /** As it is, not hashed: each request is signed with it. Emptied when the webhook is deleted. */
    secret: text('secret').notNull(),
    /** A list of `WebhookEventType`. */
    events: jsonb('events').notNull(),
    createdAt: createdAt(),
    /** Deleted: it is told of nothing any more. */
    disabledAt: instant('disabled_at'),
  },
  (table) => [
    // Also what lets a creation that is repeated make one webhook.
    uniqueIndex('webhooks_game_url')
      .on(table.gameId, table.url)
      .where(sql`disabled_at is null`),
  ],
);

/**
 * The webhook outbox: a row is one webhook event that a webhook wants, written in the transaction that it reports. The key over type and
 * subject stores it once, whichever process notices it.
 */
export const webhookEvents = pgTable(
  'webhook_events',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    /** The order in which they were noticed. */
    seq: int8('seq').notNull().generatedAlwaysAsIdentity({ name: 'webhook_events_seq' }),
    gameId: uuid('game_id').notNull(),
    type: text('type').notNull(),
    /** The tournament or the prize. */
    subjectId: uuid('subject_id').notNull(),
    data: jsonb('data').notNull(),
    happenedAt: instant('happened_at').notNull(),
    createdAt: createdAt(),
    /** When it was handed over for delivery; null: it is to be. */
    handedOverAt: instant('handed_over_at'),
  },
  (table) => [
    unique('webhook_events_subject').on(table.type, table.subjectId),
    index('webhook_events_waiting')
      .on(table.seq)
      .where(sql`handed_over_at is null`),
    index('webhook_events_old').on(table.handedOverAt),
  ],
);

/** A row is a webhook event that a webhook has not taken after all attempts: one row, however often it was tried again. */
export const webhookFailures = pgTable(
  'webhook_failures',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    webhookId: uuid('webhook_id').notNull(),
    eventId: uuid('event_id').notNull(),
    /** What came of the last attempt, in a few words of ours. */
    reason: text('reason').notNull(),
    failedAt: instant('failed_at').notNull(),
    /** An admin wants it tried again; null: it rests. */
    retryAt: instant('retry_at'),
  },
  (table) => [
    unique('webhook_failures_delivery').on(table.webhookId, table.eventId),
    index('webhook_failures_event').on(table.eventId),
    index('webhook_failures_retry')
      .on(table.retryAt)
      .where(sql`retry_at is not null`),
  ],
);
