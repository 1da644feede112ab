import type { Context } from '../../context.ts';
import type { Tournament } from '../../domain/tournaments/tournament.ts';
import { cancelTournamentNow } from '../../domain/tournaments/tournamentChange.ts';
import { applyChange } from './updateTournament.ts';

/** Cancels a tournament that is not settled: nobody is awarded anything. May be retried. */
export async function cancelTournament(input: { tournamentId: string | null }, ctx: Context): Promise<Tournament> {
  return applyChange(input, ctx, cancelTournamentNow);
}
