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
   * the client address, has as many as are allowed, and OVERLOADED when the instance has.
   */
  open(viewer: Viewer | null, address: string): () => void;
  counts(): StreamCounts;
};

/** Whose streams are counted together, and how many may be open. Null for those whom only the instance limits. */
type Owner = { key: string; max: number; refusal: string } | null;

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
      const owner = ownerOf(viewer, address, limits);
      if (owner && (open.get(owner.key) ?? 0) >= owner.max) throw new RequestError('TOO_MANY_STREAMS', owner.refusal);
      if (counts.players + counts.anonymous + counts.trusted >= limits.instance) {
        throw new RequestError(
          'OVERLOADED',
          `This server has as many streams open as it takes, ${limits.instance}. Try again shortly.`,
        );
      }
      counts[kind] += 1;
      if (owner) count(owner.key, 1);
      let isOpen = true;
      return () => {
        if (!isOpen) return;
        isOpen = false;
        counts[kind] -= 1;
        if (owner) count(owner.key, -1);
      };
    },
    counts: () => ({ ...counts }),
  };
}

function kindOf(viewer: Viewer | null): 'anonymous' | 'players' | 'trusted' {
  if (!viewer) return 'anonymous';
  return hasRole(viewer, 'server') || hasRole(viewer, 'admin') ? 'trusted' : 'players';
}

function ownerOf(viewer: Viewer | null, address: string, { player, address: perAddress }: StreamLimits): Owner {
  switch (kindOf(viewer)) {
    case 'trusted':
      return null;
    case 'players':
      return {
        key: `player ${viewer?.playerId}`,
        max: player,
        refusal: `A player may have ${player} streams open at once. Close one and try again.`,
      };
    case 'anonymous':
      return {
        key: `address ${address}`,
        max: perAddress,
        refusal:
          `A client address may have ${perAddress} streams open at once without a token. ` +
          'Close one and try again, or sign in.',
      };
  }
}
