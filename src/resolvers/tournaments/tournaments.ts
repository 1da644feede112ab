import type { Context } from '../../context.ts';
import { listTournaments, type TournamentsOf } from '../../db/tournaments/listTournaments.ts';
import type { Page } from '../../domain/page.ts';
import type { Tournament, TournamentState } from '../../domain/tournaments/tournament.ts';
import { type PageArguments, pageQuery, parsePageCursor } from '../pageCursor.ts';

export type TournamentsInput = PageArguments & { of: TournamentsOf; states?: TournamentState[] | null | undefined };

/** Of a game or a series. Empty for a game that does not exist. */
export async function tournaments(input: TournamentsInput, ctx: Context): Promise<Page<Tournament>> {
  const query = { of: input.of, states: input.states ?? null };
  return listTournaments(ctx.database, { ...query, ...pageQuery(input, parsePageCursor) });
}
