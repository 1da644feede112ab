import { sql } from 'drizzle-orm';
import type { Queryable } from './open.ts';

/** Notes that a token was made for a player. False when the player is not there any more: the token must not be given. */
export async function insertSession(
  database: Queryable,
  { id, playerId, expiresAt }: { id: string; playerId: string; expiresAt: Date },
): Promise<boolean> {
  // The lock waits for a deletion of the player that is under way, and for nothing else.
  const rows = await database.rows(sql`
    insert into sessions (id, player_id, expires_at)
    select ${id}::uuid, p.id, ${expiresAt.toISOString()}::timestamptz
    from players p where p.id = ${playerId}::uuid and p.deleted_at is null for key share
    returning id`);
  return rows.length > 0;
}
