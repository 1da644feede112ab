import { sql } from 'drizzle-orm';
import type { TournamentEntry } from '../../domain/tournaments/tournament.ts';
import type { Queryable } from '../open.ts';
import { idsIn } from '../recordset.ts';
import { tournamentEntryColumns, tournamentEntryOf, type TournamentEntryRow } from './tournamentEntryRow.ts';

/** A player's entries in these tournaments, as far as there are any. */
export async function readTournamentEntries(
  database: Queryable,
  { playerId, tournamentIds }: { playerId: string; tournamentIds: string[] },
): Promise<TournamentEntry[]> {
  const rows = await database.rows<TournamentEntryRow>(sql`
    select ${tournamentEntryColumns} from tournament_entries e
    where e.player_id = ${playerId}::uuid and e.tournament_id = ${idsIn(tournamentIds)}`);
  return rows.map(tournamentEntryOf);
}

/** The ordinal rank of an entry at this moment, and for ever once the tournament is settled. Null before a score. */
export async function readEntryRank(
  database: Queryable,
  { tournamentId, playerId }: Pick<TournamentEntry, 'playerId' | 'tournamentId'>,
): Promise<number | null> {
  const [row] = await database.rows<{ rank: number | null }>(sql`
    select coalesce((
      select s.rank from tournament_standings s where s.tournament_id = e.tournament_id and s.player_id = e.player_id
    ), case when e.order_key is not null then 1 + (
      select count(*) from tournament_entries o where o.tournament_id = e.tournament_id
        and (o.order_key, o.reached_seq) < (e.order_key, e.reached_seq)
    ) end)::int as rank
    from tournament_entries e where e.tournament_id = ${tournamentId}::uuid and e.player_id = ${playerId}::uuid`);
  return row?.rank ?? null;
}
