import { sql } from 'drizzle-orm';
import type { Tournament } from '../../domain/tournaments/tournament.ts';
import { idsIn } from '../recordset.ts';
import type { Queryable } from '../open.ts';
import { tournamentColumns } from './tournamentRow.ts';

export async function loadTournaments(database: Queryable, ids: string[]): Promise<Tournament[]> {
  return database.rows<Tournament>(sql`select ${tournamentColumns} from tournaments t where t.id = ${idsIn(ids)}`);
}
