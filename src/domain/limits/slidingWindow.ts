import type { RateLimit } from './rateLimits.ts';

/** What was counted in the present window and in the one before it, and how far the present one has gone. */
export type Windows = { before: number; now: number; elapsedMs: number };

/** Windows of a length follow one another from the epoch on, so that all instances mean the same ones. */
export function windowAt(timeMs: number, windowMs: number): { index: number; elapsedMs: number } {
  const index = Math.floor(timeMs / windowMs);
  return { index, elapsedMs: timeMs - index * windowMs };
}

/**
 * What counts against the limit: all of the present window, and of the one before as much as a window that ends now still
 * covers, as if it had come evenly; a whole number, rounded up. So at most `count` come in one go, also over a border.
 */
export function usedOf({ before, now, elapsedMs }: Windows, { windowMs }: RateLimit): number {
  return now + Math.ceil((before * (windowMs - elapsedMs)) / windowMs);
}

/** The whole milliseconds until `cost`, which is at most `count`, fits if nothing else is counted. */
export function msUntilFits(cost: number, windows: Windows, limit: RateLimit): number {
  const { before, now, elapsedMs } = windows;
  const { count, windowMs } = limit;
  if (usedOf(windows, limit) + cost <= count) return 0;
  // How far a window has gone when no more than `free` is left of what the one before it counted.
  const fitsAt = (counted: number, free: number) => windowMs - Math.floor((windowMs * free) / counted);
  const free = count - now - cost;
  return free >= 0 ? fitsAt(before, free) - elapsedMs : windowMs - elapsedMs + fitsAt(now, count - cost);
}
