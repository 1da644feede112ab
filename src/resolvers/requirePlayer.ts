import { unauthenticated } from '../auth/tokens.ts';
import type { Context } from '../context.ts';
import { RequestError } from '../domain/errors.ts';

/** The id of the player who asks. Throws UNAUTHENTICATED without a token, FORBIDDEN with one that is no player's. */
export function requirePlayer({ viewer }: Context): string {
  if (!viewer) throw unauthenticated();
  if (viewer.playerId === null)
    throw new RequestError('FORBIDDEN', 'This is for players; the token is for a server or an admin.');
  return viewer.playerId;
}
