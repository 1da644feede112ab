import type { Context } from '../../context.ts';
import { listTournamentHistory } from '../../db/tournaments/listTournamentHistory.ts';
import type { Page } from '../../domain/page.ts';
import type { TournamentResult } from '../../domain/tournaments/tournamentResult.ts';
import { type PageArguments, pageQuery, parsePageCursor } from '../pageCursor.ts';

/** A player's results in settled tournaments, the latest first. */
export async function tournamentHistory(
  { playerId, ...page }: PageArguments & { playerId: string },
  ctx: Context,
): Promise<Page<TournamentResult>> {
  return listTournamentHistory(ctx.database, { playerId, ...pageQuery(page, parsePageCursor) });
}
