import type { BoardHistory } from './boardHistory.ts';

/** Histories of boards that nobody watches at the moment, retained for clients that reconnect. Has no timer of its own. */
export type RetainedHistories = {
  retain(key: string, history: BoardHistory): void;
  /** Gives a history back for further use. */
  take(key: string): BoardHistory | undefined;
  /** Drops what nobody has come back for. To be called now and then. */
  expire(): void;
  clear(): void;
};

/** Longer than clients wait before they try again. */
const RETAINED_MS = 60_000;
/** Anybody can watch any board for a moment; this bounds what that leaves behind. */
const HISTORIES_MAX = 1_000;

export function createRetainedHistories(): RetainedHistories {
  // In the order in which they were retained.
  const retained = new Map<string, { history: BoardHistory; since: number }>();
  return {
    retain(key, history) {
      retained.set(key, { history, since: performance.now() });
      const [longest = key] = retained.keys();
      if (retained.size > HISTORIES_MAX) retained.delete(longest);
    },
    take(key) {
      const history = retained.get(key)?.history;
      retained.delete(key);
      return history;
    },
    expire() {
      for (const [key, { since }] of retained) {
        if (performance.now() - since < RETAINED_MS) return;
        retained.delete(key);
      }
    },
    clear: () => retained.clear(),
  };
}
