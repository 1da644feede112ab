import { sql } from 'drizzle-orm';
import type { Queryable } from './open.ts';

/** Takes the player for the rest of the transaction. False when there is no such player, or no more. Before any other lock. */
export async function lockPlayer(tx: Queryable, playerId: string): Promise<boolean> {
  const rows = await tx.rows(
    sql`select 1 from players where id = ${playerId}::uuid and deleted_at is null for no key update`,
  );
  return rows.length > 0;
}
