import { sql } from 'drizzle-orm';
import type { Queryable } from '../open.ts';

/** So many rows are removed well within the deadline of a statement. */
const CHUNK = 2_000;

/** The events' part of a player's deletion: under the lock of the player. */
export async function forgetEventPlayer(tx: Queryable, playerId: string): Promise<void> {
  await tx.rows(sql`delete from player_event_counts where player_id = ${playerId}::uuid`);
  await tx.rows(sql`delete from event_failures where player_id = ${playerId}::uuid`);
  for (;;) {
    const [row] = await tx.rows<{ count: number }>(sql`
      with gone as (
        delete from events where (position, received_at) in (
          select e.position, e.received_at from events e where e.player_id = ${playerId}::uuid
          order by e.position limit ${CHUNK}::int
        ) returning id
      ), keys as (
        delete from event_keys where id = any(array(select id from gone))
      ) select count(*)::int as count from gone`);
    if (!row || row.count < CHUNK) return;
  }
}
