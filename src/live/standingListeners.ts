import type { Standing } from '../domain/leaderboards/standing.ts';
import { createSlot, type Slot } from '../async/slot.ts';
import { createListeners } from './listeners.ts';

type StandingListener = {
  playerId: string;
  stream: Slot<Standing | null>;
  /** What it was sent last: null that there is no standing, undefined nothing yet. */
  last: Standing | null | undefined;
};

/** Those who listen to the standing of one player each. */
export type StandingListeners = {
  count(): number;
  /** All who listen now. */
  list(): StandingListener[];
  add(playerId: string): Slot<Standing | null>;
  /** Sends each of `asked` what the rows say of its player, if that is new; null where they say nothing. */
  offer(asked: StandingListener[], rows: Standing[]): void;
  close(): void;
};

/** `onEmpty` is called when the last listener has left. */
export function createStandingListeners(onEmpty: () => void): StandingListeners {
  const listeners = createListeners<StandingListener>(onEmpty);
  return {
    count: () => listeners.all.size,
    list: () => [...listeners.all],
    add: (playerId) =>
      listeners.add((closed) => ({
        playerId,
        last: undefined,
        stream: createSlot<Standing | null>({ merge: (_unread, newer) => newer, closed }),
      })).stream,
    offer: (asked, rows) => {
      const byPlayer = new Map(rows.map((row) => [row.player.id, row]));
      for (const listener of asked) {
        const standing = byPlayer.get(listener.playerId) ?? null;
        if (isSame(listener.last, standing)) continue;
        listener.last = standing;
        listener.stream.offer(standing);
      }
    },
    close: listeners.close,
  };
}

function isSame(a: Standing | null | undefined, b: Standing | null): boolean {
  if (!a || !b) return a === b;
  return (
    a.periodKey === b.periodKey &&
    a.score === b.score &&
    a.reachedSeq === b.reachedSeq &&
    a.size === b.size &&
    a.ranks.ordinal === b.ranks.ordinal &&
    a.ranks.competition === b.ranks.competition &&
    a.ranks.dense === b.ranks.dense
  );
}
