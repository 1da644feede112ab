import type { Context } from '../../context.ts';
import { type PrizesOf, sumPrizes } from '../../db/prizes/sumPrizes.ts';
import type { PrizeStatistics } from '../../domain/prizes/prize.ts';

/** Of one tournament, of a game, or of all. */
export async function prizeStatistics(of: PrizesOf, ctx: Context): Promise<PrizeStatistics> {
  return sumPrizes(ctx.database, of);
}
