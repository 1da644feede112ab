import { sql } from 'drizzle-orm';
import { check, index, integer, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core';
import { createdAt, instant, int8 } from '../columnTypes.ts';

/** A row is one prize that a settled tournament awarded. The keys let a tournament award a player, and a rank, once. */
export const prizes = pgTable(
  'prizes',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    tournamentId: uuid('tournament_id').notNull(),
    /** Null once the player is deleted: an unclaimed prize has lapsed then. */
    playerId: uuid('player_id'),
    rank: integer('rank').notNull(),
    coins: int8('coins').notNull(),
    gems: int8('gems').notNull(),
    awardedAt: instant('awarded_at').notNull(),
    claimedAt: instant('claimed_at'),
    /** From this moment on it cannot be claimed; null: it can for ever. */
    expiresAt: instant('expires_at'),
  },
  (table) => [
    unique('prizes_tournament_player').on(table.tournamentId, table.playerId),
    unique('prizes_tournament_rank').on(table.tournamentId, table.rank),
    index('prizes_player').on(table.playerId, table.awardedAt, table.id),
  ],
);

/**
 * The ledger: a row is one side of a transfer, never changed but for the account of a deleted player. The rows of a
 * transaction sum to zero in each currency. A claim's transaction is the prize's id, so a prize can be granted once.
 */
export const ledgerEntries = pgTable(
  'ledger_entries',
  {
    id: int8('id').primaryKey().generatedAlwaysAsIdentity({ name: 'ledger_entries_id_seq' }),
    transactionId: uuid('transaction_id').notNull(),
    /** `player:<id>`, `tournament:<id>`, or `deleted players`. */
    account: text('account').notNull(),
    currency: text('currency', { enum: ['coins', 'gems'] }).notNull(),
    /** What the account received; negative where it gave. */
    amount: int8('amount').notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    unique('ledger_entries_side').on(table.transactionId, table.account, table.currency),
    index('ledger_entries_account').on(table.account),
    check('ledger_entries_currency', sql`currency in ('coins', 'gems')`),
  ],
);

/** A row is what the ledger adds up to for one player, changed in the same transaction as the ledger. */
export const wallets = pgTable('wallets', {
  playerId: uuid('player_id').primaryKey(),
  coins: int8('coins').notNull().default(0),
  gems: int8('gems').notNull().default(0),
});
