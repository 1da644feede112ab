import type { Context } from '../../context.ts';
import { listTournamentSeries } from '../../db/tournaments/tournamentSeries.ts';
import type { Page } from '../../domain/page.ts';
import type { TournamentSeries } from '../../domain/tournaments/tournamentSeries.ts';
import { type PageArguments, pageQuery, parsePageCursor } from '../pageCursor.ts';

/** Empty for a game that does not exist. */
export async function tournamentSeries(
  input: PageArguments & { game: string },
  ctx: Context,
): Promise<Page<TournamentSeries>> {
  return listTournamentSeries(ctx.database, { game: input.game, ...pageQuery(input, parsePageCursor) });
}
