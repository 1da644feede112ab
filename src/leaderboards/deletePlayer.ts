import { deletePlayer } from '../db/players/deletePlayer.ts';
import type { Database } from '../db/open.ts';
import { type Ended, TOKEN_LIFETIME_MS } from '../domain/players/viewer.ts';
import type { StandingsStore } from '../mirror/openStandings.ts';
import { retryBusy } from '../db/retryBusy.ts';

/** Deletes a player for good. Null when there never was one. May be retried: the answer is the same. */
export type DeletePlayer = (playerId: string) => Promise<{ deletedAt: Date } | null>;

/** After the commit, `ended` is called with the player whose tokens are void, and `committed` with what was changed. Neither may throw. */
export function createDeletePlayer(
  database: Database,
  options: {
    isMirrored: boolean;
    ended: (player: Ended) => void;
    committed: StandingsStore['committed'];
  },
): DeletePlayer {
  const { isMirrored, ended, committed } = options;
  return async (playerId) => {
    const deletion = await retryBusy(() => deletePlayer(database, playerId, { isMirrored }));
    if (!deletion) return null;
    const { deletedAt } = deletion;
    ended({ id: playerId, until: new Date(deletedAt.getTime() + TOKEN_LIFETIME_MS) });
    committed(deletion);
    return { deletedAt };
  };
}
