import type { Context } from '../context.ts';
import { findWallet } from '../db/wallets.ts';
import type { Wallet } from '../domain/ledger.ts';
import { hasRole } from '../domain/viewer.ts';

/** Null for everybody but the player and admins. */
export async function wallet({ playerId }: { playerId: string }, ctx: Context): Promise<Wallet | null> {
  if (ctx.viewer?.playerId !== playerId && !hasRole(ctx.viewer, 'admin')) return null;
  return findWallet(ctx.database, playerId);
}
