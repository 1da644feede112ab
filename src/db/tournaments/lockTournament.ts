import { sql } from 'drizzle-orm';
import type { Tournament } from '../../domain/tournaments/tournament.ts';
import type { Queryable } from '../open.ts';
import { tournamentColumns } from './tournamentRow.ts';

/**
 * Takes the tournament for the rest of the transaction and reads it with the clock: two statements, so that the second
 * sees what earlier holders committed and when the lock was got. Lock the players concerned before, by id.
 */
export async function lockTournament(tx: Queryable, id: string): Promise<Tournament | null> {
  const [, rows] = await Promise.all([
    tx.rows(sql`select 1 from tournaments t where t.id = ${id}::uuid for update`),
    tx.rows<Tournament>(sql`select ${tournamentColumns} from tournaments t where t.id = ${id}::uuid`),
  ]);
  return rows[0] ?? null;
}
