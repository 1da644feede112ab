import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterRedis } from 'rate-limiter-flexible';
import type { RateLimit } from '../domain/limits/rateLimits.ts';
import { windowAt, type Windows } from '../domain/limits/slidingWindow.ts';
import type { RedisConnection } from './connection.ts';

export type WindowCounter = {
  /** Adds `cost` to what `key` has in the present window. Never throws. */
  add(key: string, cost: number): Promise<Counted>;
};

/** `windows` includes what was added. */
export type Counted = { windows: Windows; takeBack(): Promise<void> };

/**
 * Counts by fixed windows, each under a key of its own, and remembers the window before the present one. All instances
 * count together in Redis; without it, or while it is away or does not answer, each process counts for itself.
 */
export function createWindowCounter(
  name: string,
  { count, windowMs }: RateLimit,
  redis: RedisConnection | null,
): WindowCounter {
  // A count is read until the end of the window after it.
  const settings = { keyPrefix: `laurel:limit:${name}`, points: count, duration: (2 * windowMs) / 1_000 };
  const inMemory = countingWith(new RateLimiterMemory(settings));
  const shared = redis && countingWith(new RateLimiterRedis({ ...settings, storeClient: redis.commands }));

  return {
    add: async (key, cost) => {
      const charge = { key, cost, window: windowAt(Date.now(), windowMs) };
      return shared ? redis.run(() => shared(charge)).catch(async () => inMemory(charge)) : inMemory(charge);
    },
  };
}

type WindowCharge = { key: string; cost: number; window: { index: number; elapsedMs: number } };

/** The limiter only counts: its `penalty` adds, whatever the limit. Whether that was too much is for the caller to say. */
function countingWith(limiter: RateLimiterAbstract): (charge: WindowCharge) => Promise<Counted> {
  const readBefore = rememberingLast(limiter);
  return async ({ key, cost, window: { index, elapsedMs } }) => {
    const present = `${key}:${index}`;
    const [now, before] = await Promise.all([limiter.penalty(present, cost), readBefore(key, index)]);
    return {
      windows: { now: now.consumedPoints, before, elapsedMs },
      takeBack: async () => {
        // Lost when Redis goes at this moment; then a refused request counts as one that was let through.
        await limiter.reward(present, cost).catch(() => {});
      },
    };
  };
}

/** Reads what a key had in the window before `index`, once: it does not change any more, and asking takes four commands. */
function rememberingLast(limiter: RateLimiterAbstract): (key: string, index: number) => Promise<number> {
  let present = -1;
  let known = new Map<string, number>();
  return async (key, index) => {
    if (index !== present) known = new Map();
    present = index;
    const remembered = known.get(key);
    if (remembered !== undefined) return remembered;
    const before = await limiter.get(`${key}:${index - 1}`);
    const count = before?.consumedPoints ?? 0;
    if (index === present) known.set(key, count);
    return count;
  };
}
