import type { Context } from '../../context.ts';
import type { Prize } from '../../domain/prizes/prize.ts';
import { requirePlayer } from '../requirePlayer.ts';

/** Each prize that the viewer is awarded from now on. A bare iterator. */
export async function prizeAwarded(ctx: Context): Promise<AsyncIterableIterator<Prize>> {
  return ctx.tournamentFeed.watchPrizes(requirePlayer(ctx));
}
