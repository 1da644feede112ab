import type { Context } from '../../context.ts';
import { loadTournaments } from '../../db/tournaments/loadTournaments.ts';
import { badInput } from '../../domain/errors.ts';
import type { Tournament } from '../../domain/tournaments/tournament.ts';

/** A tournament, now and whenever anything of it changes. A bare iterator. Throws BAD_USER_INPUT when there is none. */
export async function tournamentChanged(
  { tournamentId }: { tournamentId: string | null },
  ctx: Context,
): Promise<AsyncIterableIterator<Tournament>> {
  const [tournament] = tournamentId === null ? [] : await loadTournaments(ctx.database, [tournamentId]);
  if (!tournament) throw badInput('There is no such tournament.');
  return ctx.tournamentFeed.watchTournament(tournament.id);
}
