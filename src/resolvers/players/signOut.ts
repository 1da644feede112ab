import type { Context } from '../../context.ts';
import { revokeSessions } from '../../db/players/sessions.ts';
import { requireSession } from '../requirePlayer.ts';

export type SignedOut = { sessions: number };

/** How many sessions were ended. May be retried: what has ended is not counted again. */
export async function signOut({ everywhere }: { everywhere: boolean }, ctx: Context): Promise<SignedOut> {
  const { playerId, sessionId } = requireSession(ctx);
  const ended = await revokeSessions(ctx.database, { playerId, sessionId: everywhere ? null : sessionId });
  ctx.sessions.end(ended);
  return { sessions: ended.length };
}
