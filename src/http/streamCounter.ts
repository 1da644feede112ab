import { RequestError } from '../domain/errors.ts';
import type { StreamLimits } from '../domain/limits/streamLimits.ts';
import { hasRole, type Viewer } from '../domain/players/viewer.ts';

export type StreamCounts = {
  /** Open streams by whose they are. `trusted` are game servers' and admins'. */
  players: number;
  anonymous: number;
  trusted: number;
  /** How many all of them together may be. */
  max: number;
};

export type StreamCounter = {
  /**
   * Counts a stream until the returned function is called. Throws TOO_MANY_STREAMS when the player, or without a token
   * the client address, has as many as are allowed, or the address with all of its players, and OVERLOADED when the
   * instance has.
   */
  open(viewer: Viewer | null, address: string): () => void;
  counts(): StreamCounts;
};

/** Whose streams are counted together, and how many may be open. */
type Owner = { key: string; max: number; refusal: string };

/** Counts the open streams of this process. */
export function createStreamCounter(limits: StreamLimits): StreamCounter {
  const open = new Map<string, number>();
  const counts = { players: 0, anonymous: 0, trusted: 0, max: limits.instance };

  const count = (key: string, change: 1 | -1) => {
    const next = (open.get(key) ?? 0) + change;
    if (next === 0) open.delete(key);
    else open.set(key, next);
  };

  return {
    open(viewer, address) {
      const kind = kindOf(viewer);
      const owners = ownersOf(viewer, address, limits);
      const keys = owners.map(({ key }) => key);
      const full = owners.find(({ key, max }) => (open.get(key) ?? 0) >= max);
      if (full) throw new RequestError('TOO_MANY_STREAMS', full.refusal);
      if (counts.players + counts.anonymous + counts.trusted >= limits.instance) {
        throw new RequestError(
          'OVERLOADED',
          `This server has as many streams open as it takes, ${limits.instance}. Try again shortly.`,
        );
      }
      counts[kind] += 1;
      for (const key of keys) count(key, 1);
      let isOpen = true;
      return () => {
        if (!isOpen) return;
        isOpen = false;
        counts[kind] -= 1;
        for (const key of keys) count(key, -1);
      };
    },
    counts: () => ({ ...counts }),
  };
}

function kindOf(viewer: Viewer | null): 'anonymous' | 'players' | 'trusted' {
  if (!viewer) return 'anonymous';
  return hasRole(viewer, 'server') || hasRole(viewer, 'admin') ? 'trusted' : 'players';
}

/** None for those whom only the instance limits. */
function ownersOf(viewer: Viewer | null, address: string, limits: StreamLimits): Owner[] {
  const { player, address: perAddress, addressTotal } = limits;
  const kind = kindOf(viewer);
  if (kind === 'trusted') return [];
  const all = {
    key: `all of ${address}`,
    max: addressTotal,
    refusal: `A client address may have ${addressTotal} streams open at once. Close one and try again.`,
  };
  if (kind === 'players') {
    const refusal = `A player may have ${player} streams open at once. Close one and try again.`;
    return [{ key: `player ${viewer?.playerId}`, max: player, refusal }, all];
  }
  const refusal =
    `A client address may have ${perAddress} streams open at once without a token. ` +
    'Close one and try again, or sign in.';
  return [{ key: `address ${address}`, max: perAddress, refusal }, all];
}
