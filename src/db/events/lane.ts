import { type SQL, sql } from 'drizzle-orm';

/** Into so many lanes players are spread, by the last byte of their ids: as many workers may share one projection. */
export const LANES = 16;

/** The lane of a player's id. */
export function laneOf(playerId: string): number {
  return Number.parseInt(playerId.slice(-2), 16) & (LANES - 1);
}

/** The same in SQL. */
export function laneIn(playerId: SQL): SQL {
  return sql`(get_byte(uuid_send(${playerId}), 15) & ${sql.raw(String(LANES - 1))})`;
}
