import type { Context } from '../../context.ts';
import { claimPrize as claim } from '../../db/prizes/claimPrize.ts';
import { NotFoundError } from '../../domain/errors.ts';
import type { Prize } from '../../domain/prizes/prize.ts';
import { requirePlayer } from '../requirePlayer.ts';

/** Moves the viewer's own prize to the wallet, once. */
export async function claimPrize({ prizeId }: { prizeId: string | null }, ctx: Context): Promise<Prize> {
  const playerId = requirePlayer(ctx);
  if (prizeId === null) throw new NotFoundError('You have no such prize.');
  return claim(ctx.database, { prizeId, playerId });
}
