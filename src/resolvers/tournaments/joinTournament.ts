import type { Context } from '../../context.ts';
import { joinTournament as join } from '../../db/tournaments/joinTournament.ts';
import { NotFoundError } from '../../domain/errors.ts';
import type { TournamentEntry } from '../../domain/tournaments/tournament.ts';
import { requirePlayer } from '../requirePlayer.ts';

/** The viewer's entry, the same however often it is asked for. */
export async function joinTournament(
  { tournamentId }: { tournamentId: string | null },
  ctx: Context,
): Promise<TournamentEntry> {
  const playerId = requirePlayer(ctx);
  if (tournamentId === null) throw new NotFoundError('There is no such tournament.');
  const entry = await join(ctx.database, { tournamentId, playerId });
  ctx.tournamentNews.changed(tournamentId);
  return entry;
}
