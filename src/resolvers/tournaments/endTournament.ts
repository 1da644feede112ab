import type { Context } from '../../context.ts';
import type { Tournament } from '../../domain/tournaments/tournament.ts';
import { endTournamentNow } from '../../domain/tournaments/tournamentChange.ts';
import { applyChange } from './updateTournament.ts';

/** Ends an open tournament now, by the database's clock. May be retried. */
export async function endTournament(input: { tournamentId: string | null }, ctx: Context): Promise<Tournament> {
  return applyChange(input, ctx, endTournamentNow);
}
