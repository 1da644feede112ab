import type { Context } from '../../context.ts';
import type { StandingsPage, StandingsQuery } from '../../domain/leaderboards/standingsPage.ts';

/** One page of a board, noting for the answer which store ranked it. */
export async function readPage(query: StandingsQuery, ctx: Context): Promise<StandingsPage> {
  const page = await ctx.boardReads.page({ ...query, signal: ctx.abandoned });
  ctx.ranksFrom.add(page.source);
  return page;
}
