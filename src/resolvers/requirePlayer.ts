import type { Context } from '../context.ts';
import { RequestError, unauthenticated } from '../domain/errors.ts';

/** The id of the player who asks. Throws UNAUTHENTICATED without a token, FORBIDDEN with one that is no player's. */
export function requirePlayer(ctx: Context): string {
  return requireSession(ctx).playerId;
}

/** The same, with the session that the player's token belongs to. */
export function requireSession({ viewer }: Context): { playerId: string; sessionId: string } {
  if (!viewer) throw unauthenticated();
  const { playerId, sessionId } = viewer;
  if (playerId === null)
    throw new RequestError('FORBIDDEN', 'This is for players; the token is for a server or an admin.');
  return { playerId, sessionId };
}
