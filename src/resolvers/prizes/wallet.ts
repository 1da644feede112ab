import type { Context } from '../../context.ts';
import { readWallet } from '../../db/prizes/wallets.ts';
import type { Wallet } from '../../domain/prizes/ledger.ts';
import { hasRole } from '../../domain/players/viewer.ts';

/** Null for everybody but the player and admins. */
export async function wallet({ playerId }: { playerId: string }, ctx: Context): Promise<Wallet | null> {
  if (ctx.viewer?.playerId !== playerId && !hasRole(ctx.viewer, 'admin')) return null;
  return readWallet(ctx.database, playerId);
}
