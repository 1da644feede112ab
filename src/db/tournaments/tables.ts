import { sql } from 'drizzle-orm';
import {
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { createdAt, instant, int8 } from '../columnTypes.ts';
import { games, leaderboards } from '../leaderboards/tables.ts';

/**
 * A row is one series of tournaments. It is locked by whoever makes its next tournaments, so that each is made once and
 * the row says how far it has come.
 */
export const tournamentSeries = pgTable(
  'tournament_series',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    gameId: uuid('game_id')
      .notNull()
      .references(() => games.id),
    leaderboardId: uuid('leaderboard_id')
      .notNull()
      .references(() => leaderboards.id),
    name: text('name').notNull(),
    /** Five fields, read in `time_zone`. */
    cron: text('cron').notNull(),
    /** An IANA name. */
    timeZone: text('time_zone').notNull(),
    durationS: integer('duration_s').notNull(),
    /** `SeriesRules`: what each of its tournaments gets. */
    rules: jsonb('rules').notNull(),
    /** The start of the first tournament that has not been made. */
    nextStartsAt: instant('next_starts_at').notNull(),
    /** When that one is to be made: what is due follows from this moment and the clock. */
    makesNextAt: instant('makes_next_at').notNull(),
    createdAt: createdAt(),
    /** From then on it makes no more; null: it goes on. */
    endedAt: instant('ended_at'),
  },
  (table) => [
    index('tournament_series_game').on(table.gameId, table.createdAt, table.id),
    index('tournament_series_due')
      .on(table.makesNextAt)
      .where(sql`ended_at is null`),
    // So that a creation that is repeated makes one series.
    uniqueIndex('tournament_series_board_name')
      .on(table.leaderboardId, table.name)
      .where(sql`ended_at is null`),
  ],
);

/**
 * A row is one tournament. Its state is not stored: it follows from these moments and the clock. The row is locked by
 * whatever lets somebody in, changes its rules or settles it, so the clock is judged and acted on in one step.
 */
export const tournaments = pgTable(
  'tournaments',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    gameId: uuid('game_id')
      .notNull()
      .references(() => games.id),
    /** The board whose operator and sort order the tournament follows, and whose submissions are its attempts. */
    leaderboardId: uuid('leaderboard_id')
      .notNull()
      .references(() => leaderboards.id),
    /** The series that it belongs to; null when an admin made it. */
    seriesId: uuid('series_id').references(() => tournamentSeries.id),
    name: text('name').notNull(),
    startsAt: instant('starts_at').notNull(),
    endsAt: instant('ends_at').notNull(),
    /** Null: open for registration from its creation. */
    registrationOpensAt: instant('registration_opens_at'),
    /** Null: open for registration until its end. */
    registrationClosesAt: instant('registration_closes_at'),
    joinRequired: boolean('join_required').notNull(),
    /** Null: no limit. */
    capacity: integer('capacity'),
    /** Accepted attempts of one player; null: no limit. */
    maxAttempts: integer('max_attempts'),
    minScore: int8('min_score'),
    /** A `PayoutRule`. */
    payoutRule: jsonb('payout_rule').notNull(),
    /** How long after the award a prize can be claimed; null: for ever. */
    claimExpiresAfterS: integer('claim_expires_after_s'),
    /** How long after the end late arrivals are waited for before settlement. */
    graceS: integer('grace_s').notNull().default(60),
    metadata: jsonb('metadata'),
    /** How many entries there are, kept exactly: the capacity is judged by it under the row's lock. */
    entrants: integer('entrants').notNull().default(0),
    /** Ended by hand, before `ends_at`: the end is the earlier of both. */
    endedAt: instant('ended_at'),
    cancelledAt: instant('cancelled_at'),
    settledAt: instant('settled_at'),
    /** SHA-256 over the frozen standings, in hex. Set together with `settled_at`, never changed. */
    checksum: text('checksum'),
    createdAt: createdAt(),
  },
  (table) => [
    index('tournaments_game').on(table.gameId, table.startsAt, table.id),
    // What is open on a board, and what is due for settlement: a few rows, however many have been settled.
    index('tournaments_unsettled')
      .on(table.leaderboardId, table.endsAt)
      .where(sql`settled_at is null and cancelled_at is null`),
    // So that a creation that is repeated makes one tournament.
    uniqueIndex('tournaments_board_name_start')
      .on(table.leaderboardId, table.name, table.startsAt)
      .where(sql`cancelled_at is null`),
    // So that a series makes each of its tournaments once, cancelled ones too.
    unique('tournaments_series_start').on(table.seriesId, table.startsAt),
  ],
);

/** A row is one player's entry in one tournament. Written under locks on the player and on the tournament. */
export const tournamentEntries = pgTable(
  'tournament_entries',
  {
    tournamentId: uuid('tournament_id').notNull(),
    playerId: uuid('player_id').notNull(),
    joinedAt: instant('joined_at').notNull(),
    attempts: integer('attempts').notNull().default(0),
    /** As in `entries`: smaller stands first. Null before the first accepted attempt. */
    orderKey: int8('order_key'),
    /** Which accepted submission brought this value: the earlier one wins a tie. Null before the first. */
    reachedSeq: int8('reached_seq'),
  },
  (table) => [
    primaryKey({ name: 'tournament_entries_pkey', columns: [table.tournamentId, table.playerId] }),
    uniqueIndex('tournament_entries_standing_order').on(table.tournamentId, table.orderKey, table.reachedSeq),
    index('tournament_entries_player').on(table.playerId),
  ],
);

/** A row says that a source, for example `submission 123`, has counted in a tournament: it does so once. */
export const tournamentSources = pgTable(
  'tournament_sources',
  {
    tournamentId: uuid('tournament_id').notNull(),
    source: text('source').notNull(),
    playerId: uuid('player_id').notNull(),
  },
  (table) => [
    primaryKey({ name: 'tournament_sources_pkey', columns: [table.tournamentId, table.source] }),
    index('tournament_sources_player').on(table.playerId),
  ],
);

/** A row is one frozen standing of a settled tournament. It never changes, but may lose its player. */
export const tournamentStandings = pgTable(
  'tournament_standings',
  {
    tournamentId: uuid('tournament_id').notNull(),
    /** ORDINAL, from 1. */
    rank: integer('rank').notNull(),
    /** Null once the player is deleted. */
    playerId: uuid('player_id'),
    /** SHA-256 of tournament and player, in hex: what the checksum covers instead of an id that may go. */
    playerHash: text('player_hash').notNull(),
    orderKey: int8('order_key').notNull(),
    reachedSeq: int8('reached_seq').notNull(),
    attempts: integer('attempts').notNull(),
  },
  (table) => [
    primaryKey({ name: 'tournament_standings_pkey', columns: [table.tournamentId, table.rank] }),
    unique('tournament_standings_player').on(table.tournamentId, table.playerId),
    uniqueIndex('tournament_standings_standing_order').on(table.tournamentId, table.orderKey, table.reachedSeq),
    index('tournament_standings_history').on(table.playerId),
  ],
);
