import { index, jsonb, numeric, pgEnum, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core';
import { bytea, createdAt, instant, int8 } from '../columnTypes.ts';

export const submissionOutcome = pgEnum('submission_outcome', ['IMPROVED', 'UNCHANGED', 'QUARANTINED']);

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
