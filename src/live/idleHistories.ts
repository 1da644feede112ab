import type { BoardHistory } from './boardHistory.ts';

/** Histories of boards that nobody watches at the moment, retained for clients that reconnect. Has no timer of its own. */
export type IdleHistories = {
  retain(key: string, history: BoardHistory): void;
  /** Gives a history back for further use. */
  take(key: string): BoardHistory | undefined;
  /** Drops what nobody has come back for. To be called now and then. */
  expire(): void;
  clear(): void;
};

/** Longer than clients wait before they try again. */
const IDLE_MS = 60_000;
/** Anybody can watch any board for a moment; this bounds what that leaves behind. */
const HISTORIES_MAX = 1_000;

export function createIdleHistories(): IdleHistories {
  // In the order in which they became idle.
  const idle = new Map<string, { history: BoardHistory; since: number }>();
  return {
    retain(key, history) {
      idle.set(key, { history, since: performance.now() });
      const [longest = key] = idle.keys();
      if (idle.size > HISTORIES_MAX) idle.delete(longest);
    },
    take(key) {
      const history = idle.get(key)?.history;
      idle.delete(key);
      return history;
    },
    expire() {
      for (const [key, { since }] of idle) {
        if (performance.now() - since < IDLE_MS) return;
        idle.delete(key);
      }
    },
    clear: () => idle.clear(),
  };
}
