import type { LimitName, RateLimit, RateLimits } from '../domain/limits/rateLimits.ts';
import { msUntilFits, usedOf } from '../domain/limits/slidingWindow.ts';
import type { RedisConnection } from './connection.ts';
import { type Counted, createWindowCounter } from './windowCounter.ts';

/** `key` is whom it counts for: a player, a game server, an address. */
export type Charge = { name: LimitName; key: string; cost: number };

export type Verdict = Charge & {
  allowed: boolean;
  limit: RateLimit;
  remaining: number;
  /**
   * Of a refused charge: until it fits, or the whole window when it is larger than the limit and never does. Of an allowed
   * one: until the next fits, or, when that does already, until the window ends.
   */
  resetMs: number;
};

export type RateLimiter = {
  /**
   * Counts all charges, or none when one of them goes over its limit. Answers with the verdict that binds most: of several
   * refusals the longest, otherwise the one that leaves least. Never throws, and does not wait for a Redis that is away.
   */
  consume(charges: [Charge, ...Charge[]]): Promise<Verdict>;
  /** How many requests were refused since the start of the process. */
  refused(): number;
};

/** Limits that slide: see docs/decisions/0007-limits-that-slide.md. Instances on one Redis share them. */
export function createRateLimiter(limits: RateLimits, redis: RedisConnection | null): RateLimiter {
  const counterOf = (name: LimitName) => createWindowCounter(name, limits[name], redis);
  const counters = {
    submit: counterOf('submit'),
    server: counterOf('server'),
    read: counterOf('read'),
    playerRead: counterOf('playerRead'),
    mutate: counterOf('mutate'),
    events: counterOf('events'),
    serverEvents: counterOf('serverEvents'),
  };
  let refused = 0;
  return {
    refused: () => refused,
    consume: async (charges) => {
      const counted = await Promise.all(charges.map(({ name, key, cost }) => counters[name].add(key, cost)));
      const verdicts = charges.map((charge, index) => judge(charge, limits[charge.name], counted[index] as Counted));
      if (verdicts.some(({ allowed }) => !allowed)) {
        refused += 1;
        await Promise.all(counted.map(({ takeBack }) => takeBack()));
      }
      return verdicts.toSorted(byHowMuchItBinds)[0] as Verdict;
    },
  };
}

function judge(charge: Charge, limit: RateLimit, { windows }: Counted): Verdict {
  const { cost } = charge;
  const allowed = usedOf(windows, limit) <= limit.count;
  const kept = allowed ? windows : { ...windows, now: windows.now - cost };
  return {
    ...charge,
    allowed,
    limit,
    remaining: Math.max(0, limit.count - usedOf(kept, limit)),
    resetMs:
      cost > limit.count
        ? limit.windowMs
        : msUntilFits(allowed ? 1 : cost, kept, limit) || limit.windowMs - windows.elapsedMs,
  };
}

function byHowMuchItBinds(a: Verdict, b: Verdict): number {
  if (a.allowed !== b.allowed) return a.allowed ? 1 : -1;
  return a.allowed ? a.remaining - b.remaining : b.resetMs - a.resetMs;
}
