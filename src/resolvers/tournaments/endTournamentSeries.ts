import type { Context } from '../../context.ts';
import { endTournamentSeries as end } from '../../db/tournaments/tournamentSeries.ts';
import { NotFoundError } from '../../domain/errors.ts';
import type { TournamentSeries } from '../../domain/tournaments/tournamentSeries.ts';

/** No further tournaments; those that are made stay. May be retried. */
export async function endTournamentSeries(
  { seriesId }: { seriesId: string | null },
  ctx: Context,
): Promise<TournamentSeries> {
  const series = seriesId === null ? null : await end(ctx.database, seriesId);
  if (!series) throw new NotFoundError('There is no such series.');
  return series;
}
