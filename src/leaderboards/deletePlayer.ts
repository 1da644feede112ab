import { deletePlayer } from '../db/deletePlayer.ts';
import type { Database } from '../db/open.ts';
import type { ChangedPeriod } from '../db/saveSubmissions.ts';
import { type Ended, TOKEN_LIFETIME_MS } from '../domain/viewer.ts';
import { again } from './submit.ts';

/** Deletes a player for good. Null when there never was one. May be retried: the answer is the same. */
export type DeletePlayer = (playerId: string) => Promise<{ deletedAt: Date } | null>;

/**
 * After the commit, `ended` hears whose tokens are void and `changed` which periods lost the player's entry. Neither may
 * throw.
 */
export function createDeletePlayer(
  database: Database,
  { ended, changed }: { ended: (player: Ended) => void; changed: (playerId: string, periods: ChangedPeriod[]) => void },
): DeletePlayer {
  return async (playerId) => {
    const deletion = await again(() => deletePlayer(database, playerId));
    if (!deletion) return null;
    const { deletedAt, periods } = deletion;
    ended({ id: playerId, until: new Date(deletedAt.getTime() + TOKEN_LIFETIME_MS) });
    changed(playerId, periods);
    return { deletedAt };
  };
}
