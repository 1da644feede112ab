import type { Context } from '../../context.ts';
import { readTournamentStandings } from '../../db/tournaments/readTournamentStandings.ts';
import type { Page } from '../../domain/page.ts';
import { type PrizeAmount, prizeAt } from '../../domain/prizes/payoutRule.ts';
import type { Standing } from '../../domain/leaderboards/standing.ts';
import type { Tournament } from '../../domain/tournaments/tournament.ts';
import { type PageArguments, pageQuery } from '../pageCursor.ts';
import { formatCursor } from '../leaderboards/standingCursor.ts';
import { tournamentCursor } from './tournamentStandings.ts';

/** A standing, and what its player would be given if it were the last. */
export type PrizePreview = PrizeAmount & { standing: Standing; cursor: string };

const NOTHING: PrizeAmount = { coins: 0, gems: 0 };

/** Who would be given what now, in standing order. */
export async function previewPrizes(
  { tournament, ...page }: PageArguments & { tournament: Tournament },
  ctx: Context,
): Promise<Page<PrizePreview>> {
  const { side, key, limit } = pageQuery(page, tournamentCursor);
  const range = { kind: side, cursor: key, limit };
  const { rows, size, horizon, hasNextPage, hasPreviousPage } = await ctx.deepReads.run(
    () => readTournamentStandings(ctx.database, { tournament, range, dense: false }),
    ctx.abandoned(),
  );
  const previews = rows.map((standing): PrizePreview => {
    const amount = tournament.cancelledAt ? null : prizeAt(standing.ranks.ordinal, size, tournament.payoutRule);
    return { ...(amount ?? NOTHING), standing, cursor: formatCursor(standing, horizon) };
  });
  return { rows: previews, hasNextPage, hasPreviousPage };
}
