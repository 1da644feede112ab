import type { Context } from '../../context.ts';
import { NotFoundError } from '../../domain/errors.ts';
import { requirePlayer } from '../requirePlayer.ts';

export type PlayerDeleted = { deletedAt: Date };

/** Deletes the player who asks. May be retried: the answer is the same for as long as the token is still taken. */
export async function deleteMe(ctx: Context): Promise<PlayerDeleted> {
  const deletion = await ctx.deletePlayer(requirePlayer(ctx));
  if (!deletion) throw new NotFoundError('There is no such player.');
  return deletion;
}
