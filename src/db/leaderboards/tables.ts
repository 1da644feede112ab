import { integer, jsonb, pgEnum, pgTable, primaryKey, text, unique, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { ScoreRule } from '../../domain/leaderboards/scoreRule.ts';
import { createdAt, int8 } from '../columnTypes.ts';

export const sortOrder = pgEnum('sort_order', ['DESCENDING', 'ASCENDING']);
export const scoreOperator = pgEnum('score_operator', ['BEST', 'LATEST', 'SUM']);
export const cadence = pgEnum('cadence', ['ALL_TIME', 'DAILY', 'WEEKLY', 'MONTHLY']);

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
    /** Which events bring it scores: `ScoreRule[]`. */
    scoreRules: jsonb('score_rules').$type<ScoreRule[]>().notNull().default([]),
    createdAt: createdAt(),
  },
  (table) => [unique('leaderboards_game_id_slug').on(table.gameId, table.slug)],
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
