import { sql } from 'drizzle-orm';
import {
  customType,
  index,
  integer,
  jsonb,
  numeric,
  pgEnum,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { createdAt, instant, int8 } from './columnTypes.ts';

const bytea = customType<{ data: Uint8Array }>({ dataType: () => 'bytea' });

export const sortOrder = pgEnum('sort_order', ['DESCENDING', 'ASCENDING']);
export const scoreOperator = pgEnum('score_operator', ['BEST', 'LATEST', 'SUM']);
export const cadence = pgEnum('cadence', ['ALL_TIME', 'DAILY', 'WEEKLY', 'MONTHLY']);
export const submissionOutcome = pgEnum('submission_outcome', ['IMPROVED', 'UNCHANGED', 'QUARANTINED']);

/** A row is a game whose boards are kept apart from other games'. */
export const games = pgTable('games', {
  id: uuid('id').primaryKey().defaultRandom(),
  slug: text('slug').notNull().unique(),
  name: text('name').notNull(),
  createdAt: createdAt(),
});

/** A row is the definition of one leaderboard. Sort order, operator and cadences never change: the entries depend on them. */
export const leaderboards = pgTable(
  'leaderboards',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    gameId: uuid('game_id')
      .notNull()
      .references(() => games.id),
    slug: text('slug').notNull(),
    name: text('name').notNull(),
    sortOrder: sortOrder('sort_order').notNull(),
    operator: scoreOperator('operator').notNull(),
    cadences: cadence('cadences').array().notNull(),
    minScore: int8('min_score'),
    maxScore: int8('max_score'),
    /** How long after the end of a period plays that ended in it may still arrive. */
    graceS: integer('grace_s').notNull().default(0),
    createdAt: createdAt(),
  },
  (table) => [unique('leaderboards_game_id_slug').on(table.gameId, table.slug)],
);

/** A row is one player. The row is locked by whatever changes the player's scores, so those changes happen one by one. */
export const players = pgTable(
  'players',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    /** SHA-256 of the device id: the id itself is a credential and is not kept. */
    deviceHash: bytea('device_hash').unique(),
    nickname: text('nickname').notNull(),
    country: text('country'),
    createdAt: createdAt(),
    /**
     * Null for everybody who is there. The row of a deleted player stays, without device, name and country: it tells a
     * retry when it was done, and every instance whose tokens are void.
     */
    deletedAt: instant('deleted_at'),
  },
  (table) => [
    index('players_deleted')
      .on(table.deletedAt)
      .where(sql`deleted_at is not null`),
  ],
);

/**
 * A row is one sign-in of a player: the bearer token with the same id is good until the session expires or is revoked.
 * Requests do not look here; each instance knows which sessions were revoked lately.
 */
export const sessions = pgTable(
  'sessions',
  {
    /** The token's `jti`. */
    id: uuid('id').primaryKey(),
    playerId: uuid('player_id')
      .notNull()
      .references(() => players.id),
    createdAt: createdAt(),
    /** The token's `exp`. */
    expiresAt: instant('expires_at').notNull(),
    revokedAt: instant('revoked_at'),
  },
  (table) => [
    index('sessions_player').on(table.playerId),
    index('sessions_revoked')
      .on(table.revokedAt)
      .where(sql`revoked_at is not null`),
  ],
);

/**
 * A row is one period of one board that somebody has submitted to. It is locked last by each batch of submissions, so
 * `revision` numbers the changes of a period in the order in which they become visible.
 */
export const boardPeriods = pgTable(
  'board_periods',
  {
    id: int8('id').primaryKey().generatedAlwaysAsIdentity({ name: 'board_periods_id_seq' }),
    leaderboardId: uuid('leaderboard_id')
      .notNull()
      .references(() => leaderboards.id),
    cadence: cadence('cadence').notNull(),
    /** `ALL`, `2026-11-21`, `2026-W47` or `2026-11`. */
    key: text('key').notNull(),
    revision: int8('revision').notNull().default(0),
    /** How many entries the period has. Kept here because counting a large board takes longer than reading its top. */
    size: integer('size').notNull().default(0),
  },
  (table) => [unique('board_periods_board_key').on(table.leaderboardId, table.cadence, table.key)],
);

/**
 * A row is one player's standing value in one period. No foreign keys: rows are only written under a lock on the
 * player, by the statement that has just read the period, and the checks would cost more than the writes.
 */
export const entries = pgTable(
  'entries',
  {
    periodId: int8('period_id').notNull(),
    playerId: uuid('player_id').notNull(),
    /** The score where lower is better, its negation where higher is: smaller stands first on every board. */
    orderKey: int8('order_key').notNull(),
    /** Which accepted submission brought this value: the earlier one wins a tie. */
    reachedSeq: int8('reached_seq').notNull(),
    /** The period's revision at which this row last changed. */
    revision: int8('revision').notNull(),
  },
  (table) => [
    primaryKey({ name: 'entries_pkey', columns: [table.periodId, table.playerId] }),
    uniqueIndex('entries_standing_order').on(table.periodId, table.orderKey, table.reachedSeq),
  ],
);

/**
 * The log: a row is one accepted submission, never changed but for `ranks`. `seq` is the order of acceptance; it is
 * given under the player's lock, so one player's submissions are applied in the order of their numbers.
 */
export const submissions = pgTable(
  'submissions',
  {
    seq: int8('seq').primaryKey().generatedByDefaultAsIdentity({ name: 'submissions_seq', cache: 1 }),
    playerId: uuid('player_id').notNull(),
    leaderboardId: uuid('leaderboard_id').notNull(),
    score: int8('score').notNull(),
    /** Chosen by the client. Unique per player: a retry finds the row that it made the first time. */
    idempotencyKey: text('idempotency_key').notNull(),
    /** SHA-256 of all that was submitted: tells a retry from another submission under the same key. */
    payloadHash: bytea('payload_hash').notNull(),
    metadata: jsonb('metadata'),
    submittedAt: instant('submitted_at').notNull(),
    /** When the play ended, which says in which periods it counts; null: at `submitted_at`. */
    playedAt: instant('played_at'),
    outcome: submissionOutcome('outcome').notNull(),
    /** The entries right after and the ALL_TIME entry before: what a retry is answered with. */
    effect: jsonb('effect').notNull(),
    /** The ranks that were told, kept at the first asking so that a retry is told the same. */
    ranks: jsonb('ranks'),
  },
  (table) => [
    unique('submissions_player_key').on(table.playerId, table.idempotencyKey),
    index('submissions_board').on(table.leaderboardId, table.seq),
  ],
);

/**
 * A row is one transaction that changed standings and has not been seen to reach Redis. Whoever made it removes it, about
 * at once; what a process leaves behind is carried on by another. Empty where no Redis is used.
 */
export const mirrorOutbox = pgTable('mirror_outbox', {
  id: int8('id').primaryKey().generatedAlwaysAsIdentity({ name: 'mirror_outbox_id_seq' }),
  /** What led where: `[[period id, revision before, revision after], …]`. */
  periods: jsonb('periods').notNull(),
  /** The log rows that brought the changed entries: `[seq, …]`. What they did stands in the log. */
  seqs: jsonb('seqs').notNull(),
  /** Players whose entries in these periods were removed: `[id, …]`. */
  removed: jsonb('removed').notNull(),
  createdAt: createdAt(),
});

/** A row says when a piece of work that comes round by the clock was last begun, so that of many instances one begins it. */
export const jobRuns = pgTable('job_runs', {
  name: text('name').primaryKey(),
  startedAt: instant('started_at').notNull(),
});

/** A row sums up one player's accepted submissions to one board. The average is derived, never stored. */
export const playerStatistics = pgTable(
  'player_statistics',
  {
    playerId: uuid('player_id').notNull(),
    leaderboardId: uuid('leaderboard_id').notNull(),
    scores: int8('scores').notNull(),
    /** Numeric: the sum of many scores may pass 2^53. */
    sum: numeric('sum').notNull(),
    highScore: int8('high_score').notNull(),
    /** When the latest of the plays ended: a game server reports none that ended before it. */
    lastPlayedAt: instant('last_played_at'),
  },
  (table) => [primaryKey({ name: 'player_statistics_pkey', columns: [table.playerId, table.leaderboardId] })],
);
