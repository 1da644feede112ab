import type { Context } from '../../context.ts';
import { changeTournament } from '../../db/tournaments/changeTournament.ts';
import { NotFoundError } from '../../domain/errors.ts';
import type { Tournament } from '../../domain/tournaments/tournament.ts';
import { reviseTournament } from '../../domain/tournaments/tournamentChange.ts';
import { parseTournament, payoutRuleOf, requireSoundPrizes, type TournamentInput } from './tournamentInput.ts';

export type UpdateTournamentInput = TournamentInput & { tournamentId: string | null };

/** Changes what may still change in the state that the tournament is in. May be retried. */
export async function updateTournament(input: UpdateTournamentInput, ctx: Context): Promise<Tournament> {
  const changes = parseTournament(input);
  return applyChange(input, ctx, (tournament) => {
    const revised = reviseTournament(tournament, {
      ...changes,
      payoutRule: payoutRuleOf(input, tournament.payoutRule),
    });
    requireSoundPrizes(revised);
    return revised;
  });
}

/** The tournament after a change that is decided under its lock. Throws NotFoundError and what `change` throws. */
export async function applyChange(
  { tournamentId }: { tournamentId: string | null },
  ctx: Context,
  change: (tournament: Tournament) => Tournament,
): Promise<Tournament> {
  const tournament = tournamentId === null ? null : await changeTournament(ctx.database, tournamentId, change);
  if (!tournament) throw new NotFoundError('There is no such tournament.');
  ctx.tournamentNews.changed(tournament.id);
  return tournament;
}
