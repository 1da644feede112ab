import { sql } from 'drizzle-orm';
import type { LoggedEvent } from '../../domain/events/event.ts';
import type { Queryable } from '../open.ts';
import { idsIn } from '../recordset.ts';

/**
 * Leaves out the events of players who are gone: they were on their way when the player was deleted. Holds the others'
 * players against a deletion until the end of the transaction.
 */
export async function keepLiving(tx: Queryable, events: LoggedEvent[]): Promise<LoggedEvent[]> {
  if (events.length === 0) return [];
  const rows = await tx.rows<{ id: string }>(sql`
    select p.id from players p where p.id = ${idsIn(events.map(({ playerId }) => playerId))} and p.deleted_at is null
    order by p.id for key share`);
  const living = new Set(rows.map(({ id }) => id));
  return events.filter(({ playerId }) => living.has(playerId));
}
