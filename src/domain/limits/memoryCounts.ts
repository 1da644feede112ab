import { type BoundedMap, createBoundedMap } from './boundedMap.ts';

export type MemoryCounts = {
  /** Adds to what a key has in a window, and answers with what it has then. */
  add(key: string, window: number, cost: number): number;
  get(key: string, window: number): number;
  takeBack(key: string, window: number, cost: number): void;
  /** How many keys are held. */
  size(): number;
};

/**
 * Counts in two windows, the present one and the one before it, of at most `keysMax` keys each. A window that is over is
 * dropped as a whole, so there are no timers. In a window with more keys, the one that came first is forgotten: who has
 * so many addresses gains more by their number than by a count that begins again.
 */
export function createMemoryCounts(keysMax: number): MemoryCounts {
  let present = -1;
  let now = createBoundedMap(keysMax);
  let before = createBoundedMap(keysMax);

  const held = (window: number): BoundedMap | null => {
    if (window === present) return now;
    return window === present - 1 ? before : null;
  };
  /** Also for a clock that was set back by more than a window. */
  const begin = (window: number): BoundedMap => {
    before = window === present + 1 ? now : createBoundedMap(keysMax);
    now = createBoundedMap(keysMax);
    present = window;
    return now;
  };

  return {
    add: (key, window, cost) => {
      const counts = held(window) ?? begin(window);
      const count = (counts.get(key) ?? 0) + cost;
      counts.set(key, count);
      return count;
    },
    get: (key, window) => held(window)?.get(key) ?? 0,
    takeBack: (key, window, cost) => {
      const counts = held(window);
      const count = counts?.get(key);
      if (counts && count !== undefined) counts.set(key, Math.max(0, count - cost));
    },
    size: () => now.size() + before.size(),
  };
}
