import { RateLimiterRedis } from 'rate-limiter-flexible';
import type { RateLimit } from '../domain/limits/rateLimits.ts';
import { windowAt, type Windows } from '../domain/limits/slidingWindow.ts';
import { createBoundedMap } from '../domain/limits/boundedMap.ts';
import type { RedisConnection } from './connection.ts';
import { createMemoryCounts } from '../domain/limits/memoryCounts.ts';

export type WindowCounter = {
  /** Adds `cost` to what `key` has in the present window. Never throws. */
  add(key: string, cost: number): Promise<Counted>;
};

/** `windows` includes what was added. */
export type Counted = { windows: Windows; takeBack(): Promise<void> };

/** What strangers can make a process remember: 100 bytes a key, two windows of five limits, is 50 MB. */
const KEYS_MAX = 50_000;

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
  const inMemory = createMemoryCount();
  const shared = redis && createRedisCount(new RateLimiterRedis({ ...settings, storeClient: redis.commands }));

  return {
    add: async (key, cost) => {
      const charge = { key, cost, window: windowAt(Date.now(), windowMs) };
      return shared ? redis.run(() => shared(charge)).catch(() => inMemory(charge)) : inMemory(charge);
    },
  };
}

type WindowCharge = { key: string; cost: number; window: { index: number; elapsedMs: number } };

function createMemoryCount(): (charge: WindowCharge) => Counted {
  const counts = createMemoryCounts(KEYS_MAX);
  return ({ key, cost, window: { index, elapsedMs } }) => ({
    windows: { now: counts.add(key, index, cost), before: counts.get(key, index - 1), elapsedMs },
    takeBack: async () => counts.takeBack(key, index, cost),
  });
}

/** The limiter only counts: its `penalty` adds, whatever the limit. Whether that was too much is for the caller to say. */
function createRedisCount(limiter: RateLimiterRedis): (charge: WindowCharge) => Promise<Counted> {
  const readBefore = createLastReader(limiter);
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
function createLastReader(limiter: RateLimiterRedis): (key: string, index: number) => Promise<number> {
  let present = -1;
  let known = createBoundedMap(KEYS_MAX);
  return async (key, index) => {
    if (index !== present) known = createBoundedMap(KEYS_MAX);
    present = index;
    const remembered = known.get(key);
    if (remembered !== undefined) return remembered;
    const before = await limiter.get(`${key}:${index - 1}`);
    const count = before?.consumedPoints ?? 0;
    if (index === present) known.set(key, count);
    return count;
  };
}
