import { sql } from 'drizzle-orm';
import { index, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { bytea, createdAt, instant } from '../columnTypes.ts';

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
