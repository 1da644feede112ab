import { sql } from 'drizzle-orm';
import { NotFoundError } from '../../domain/errors.ts';
import { stateOf, type Tournament, type TournamentEntry, whyClosed } from '../../domain/tournaments/tournament.ts';
import { TournamentClosedError, TournamentFullError } from '../../domain/tournaments/tournamentErrors.ts';
import { retryBusy } from '../retryBusy.ts';
import { lockPlayer } from '../lockPlayer.ts';
import { loadTournaments } from './loadTournaments.ts';
import { lockTournament } from './lockTournament.ts';
import type { Database, Queryable } from '../open.ts';
import { tournamentEntryColumns, tournamentEntryOf, type TournamentEntryRow } from './tournamentEntryRow.ts';

/** Names a player's entry in a tournament, whether or not there is one yet. */
export type TournamentEntryRef = { tournamentId: string; playerId: string };

/**
 * Enters a player once: the entry is the same however often it is asked for. Throws NotFoundError, TournamentClosedError
 * or TournamentFullError. May be retried.
 *
 * Locks the player first: a player enters tournaments only under that lock. Then the tournament: its entries are counted
 * and its clock is judged under that one. A crowd that comes when it is full does not queue for it.
 */
export async function joinTournament(database: Database, ref: TournamentEntryRef): Promise<TournamentEntry> {
  return retryBusy(async () => {
    const [seen] = await loadTournaments(database, [ref.tournamentId]);
    const refusal = seen && whyNoSeat(seen);
    if (refusal) return (await findEntry(database, ref)) ?? fail(refusal);
    return database.transaction(async (tx) => {
      if (!(await lockPlayer(tx, ref.playerId))) throw new NotFoundError('There is no such player.');
      return (await findEntry(tx, ref)) ?? enter(tx, ref);
    });
  });
}

async function enter(tx: Queryable, ref: TournamentEntryRef): Promise<TournamentEntry> {
  const tournament = await lockTournament(tx, ref.tournamentId);
  if (!tournament) throw new NotFoundError('There is no such tournament.');
  const refusal = whyNoSeat(tournament);
  if (refusal) throw refusal;
  const [, rows] = await Promise.all([
    tx.rows(sql`update tournaments set entrants = entrants + 1 where id = ${ref.tournamentId}::uuid`),
    tx.rows<TournamentEntryRow>(sql`
      insert into tournament_entries as e (tournament_id, player_id, joined_at)
      values (${ref.tournamentId}::uuid, ${ref.playerId}::uuid, ${tournament.readAt.toISOString()}::timestamptz)
      returning ${tournamentEntryColumns}`),
  ]);
  const [row] = rows;
  if (!row) throw new Error('an entry was not written');
  return tournamentEntryOf(row);
}

/** Why nobody can join at the moment of reading; null when there is a seat. */
function whyNoSeat(tournament: Tournament): TournamentClosedError | TournamentFullError | null {
  const { capacity, entrants, readAt } = tournament;
  const why = whyClosed(tournament, readAt);
  if (why) return new TournamentClosedError(why, stateOf(tournament, readAt));
  return capacity !== null && entrants >= capacity ? new TournamentFullError(capacity) : null;
}

function fail(error: Error): never {
  throw error;
}

async function findEntry(
  database: Queryable,
  { tournamentId, playerId }: TournamentEntryRef,
): Promise<TournamentEntry | null> {
  const [row] = await database.rows<TournamentEntryRow>(sql`
    select ${tournamentEntryColumns} from tournament_entries e
    where e.tournament_id = ${tournamentId}::uuid and e.player_id = ${playerId}::uuid`);
  return row ? tournamentEntryOf(row) : null;
}
