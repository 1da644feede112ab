import { sql } from 'drizzle-orm';
import { NotFoundError } from '../../domain/errors.ts';
import { stateOf, type TournamentEntry, whyClosed } from '../../domain/tournaments/tournament.ts';
import { TournamentClosedError, TournamentFullError } from '../../domain/tournaments/tournamentErrors.ts';
import { again } from '../again.ts';
import { lockPlayer } from '../lockPlayer.ts';
import { lockTournament } from './lockTournament.ts';
import type { Database, Queryable } from '../open.ts';
import { tournamentEntryColumns, tournamentEntryOf, type TournamentEntryRow } from './tournamentEntryRow.ts';

export type Seat = { tournamentId: string; playerId: string };

/**
 * Gives a player one seat, and the same seat however often it is asked for. Throws NotFoundError, TournamentClosedError
 * or TournamentFullError. May be retried.
 *
 * Locks the player first: a player's seats are only given under that lock. Then the tournament: its seats are counted
 * and its clock is judged under that one.
 */
export async function joinTournament(database: Database, seat: Seat): Promise<TournamentEntry> {
  return again(() =>
    database.transaction(async (tx) => {
      if (!(await lockPlayer(tx, seat.playerId))) throw new NotFoundError('There is no such player.');
      return (await findEntry(tx, seat)) ?? enter(tx, seat);
    }),
  );
}

async function enter(tx: Queryable, seat: Seat): Promise<TournamentEntry> {
  const tournament = await lockTournament(tx, seat.tournamentId);
  if (!tournament) throw new NotFoundError('There is no such tournament.');
  const { capacity, entrants, readAt } = tournament;
  const why = whyClosed(tournament, readAt);
  if (why) throw new TournamentClosedError(why, stateOf(tournament, readAt));
  if (capacity !== null && entrants >= capacity) throw new TournamentFullError(capacity);
  const [, rows] = await Promise.all([
    tx.rows(sql`update tournaments set entrants = entrants + 1 where id = ${seat.tournamentId}::uuid`),
    tx.rows<TournamentEntryRow>(sql`
      insert into tournament_entries as e (tournament_id, player_id, joined_at)
      values (${seat.tournamentId}::uuid, ${seat.playerId}::uuid, ${readAt.toISOString()}::timestamptz)
      returning ${tournamentEntryColumns}`),
  ]);
  const [row] = rows;
  if (!row) throw new Error('an entry was not written');
  return tournamentEntryOf(row);
}

async function findEntry(tx: Queryable, { tournamentId, playerId }: Seat): Promise<TournamentEntry | null> {
  const [row] = await tx.rows<TournamentEntryRow>(sql`
    select ${tournamentEntryColumns} from tournament_entries e
    where e.tournament_id = ${tournamentId}::uuid and e.player_id = ${playerId}::uuid`);
  return row ? tournamentEntryOf(row) : null;
}
