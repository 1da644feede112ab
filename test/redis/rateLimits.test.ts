import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { afterEach, beforeEach, expect, inject, test, vi } from 'vitest';
import { parseRateLimits, type RateLimits } from '../../src/domain/limits/rateLimits.ts';
import { openRedis, type RedisConnection } from '../../src/redis/connection.ts';
import { type Charge, createRateLimiter, type RateLimiter } from '../../src/redis/rateLimits.ts';
import { startOwnRedis } from '../setup/redis.ts';

const LIMITS = parseRateLimits('submit=10/60,mutate=3/60') as RateLimits;
const MINUTE_MS = 60_000;
const STORES = ['memory', 'Redis'] as const;

const cleanUps: (() => unknown)[] = [];
const unhandled: unknown[] = [];
const collectUnhandled = (reason: unknown) => void unhandled.push(reason);
/** Another player for each test: they share one Redis. */
let key: string;

beforeEach(() => {
  key = randomUUID();
  process.on('unhandledRejection', collectUnhandled);
});
afterEach(async () => {
  vi.useRealTimers();
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp();
  process.off('unhandledRejection', collectUnhandled);
  expectNothingUnhandled();
});

const submit = (cost = 1): Charge => ({ name: 'submit', key, cost });
const mutate = (cost = 1): Charge => ({ name: 'mutate', key, cost });

test.for(STORES)('of many at once, exactly as many as the limit says pass, in %s', async (store) => {
  const limiter = await limiterIn(store);
  const verdicts = await Promise.all(Array.from({ length: 200 }, () => limiter.consume([submit()])));
  expect(verdicts.filter(({ allowed }) => allowed)).toHaveLength(10);
  expect(limiter.refused()).toBe(190);
});

test.for(STORES)('what is left counts down, and a refusal says when to come again, in %s', async (store) => {
  const limiter = await limiterIn(store);
  stopClock(15_000);
  const first = await limiter.consume([submit()]);
  expect(first).toMatchObject({ allowed: true, limit: LIMITS.submit, remaining: 9, resetMs: 45_000 });
  // A tenth of the ten is forgotten a tenth of a window after the border.
  const last = await limiter.consume([submit(9)]);
  expect(last).toMatchObject({ allowed: true, remaining: 0, resetMs: 51_000 });
  expect(await limiter.consume([submit(2)])).toMatchObject({ allowed: false, remaining: 0, resetMs: 57_000 });
});

test.for(STORES)('the border of two windows lets no second burst through, in %s', async (store) => {
  const limiter = await limiterIn(store);
  stopClock(MINUTE_MS - 1);
  expect(await limiter.consume([submit(10)])).toMatchObject({ allowed: true });
  vi.advanceTimersByTime(2);
  expect(await limiter.consume([submit()])).toMatchObject({ allowed: false });
  vi.advanceTimersByTime(MINUTE_MS / 2);
  expect(await limiter.consume([submit(5)])).toMatchObject({ allowed: true, remaining: 0 });
  vi.advanceTimersByTime(2 * MINUTE_MS);
  expect(await limiter.consume([submit(10)])).toMatchObject({ allowed: true });
});

test.for(STORES)('a refused request takes nothing, also from limits that it keeps, in %s', async (store) => {
  const limiter = await limiterIn(store);
  expect(await limiter.consume([submit(11)])).toMatchObject({ allowed: false, remaining: 10, resetMs: MINUTE_MS });
  expect(await limiter.consume([submit(9), mutate(4)])).toMatchObject({ allowed: false, name: 'mutate', remaining: 3 });
  expect(await limiter.consume([submit(8), mutate(3)])).toMatchObject({ allowed: true, name: 'mutate', remaining: 0 });
  expect(await limiter.consume([submit(2)])).toMatchObject({ allowed: true, remaining: 0 });
  expect(limiter.refused()).toBe(2);
});

test.for(STORES)('one player does not use up the limit of another, in %s', async (store) => {
  const limiter = await limiterIn(store);
  await limiter.consume([submit(10)]);
  expect(await limiter.consume([{ ...submit(), key: randomUUID() }])).toMatchObject({ allowed: true, remaining: 9 });
});

test('two instances on one Redis share a limit', async () => {
  const [here, there] = [await limiterIn('Redis'), await limiterIn('Redis')];
  const verdicts = await Promise.all(
    Array.from({ length: 100 }, (_, index) => (index % 2 ? here : there).consume([submit()])),
  );
  expect(verdicts.filter(({ allowed }) => allowed)).toHaveLength(10);
  expect(here.refused() + there.refused()).toBe(90);
});

test('what is kept in Redis goes by itself', async () => {
  const limiter = await limiterIn('Redis');
  await limiter.consume([submit()]);
  const redis = new Redis(inject('redisUrl'));
  cleanUps.push(() => redis.disconnect());
  const [found = '', ...others] = await redis.keys(`laurel:limit:submit:${key}:*`);
  expect(others).toEqual([]);
  const ttl = await redis.ttl(found);
  expect(ttl).toBeGreaterThan(60);
  expect(ttl).toBeLessThanOrEqual(120);
});

test('without its Redis each instance limits on its own, and with it again both do together', async () => {
  const redis = await startOwnRedis();
  cleanUps.push(() => redis.stop());
  const [here, there] = [await connected(redis.url), await connected(redis.url)];
  const [one, other] = [createRateLimiter(LIMITS, here), createRateLimiter(LIMITS, there)];
  await one.consume([submit(10)]);
  expect(await other.consume([submit()])).toMatchObject({ allowed: false });

  await redis.kill();
  for (const limiter of [one, other]) {
    const verdicts = await Promise.all(Array.from({ length: 30 }, () => limiter.consume([submit()])));
    expect(verdicts.filter(({ allowed }) => allowed)).toHaveLength(10);
  }

  const again = await startOwnRedis(redis.port);
  cleanUps.push(() => again.stop());
  await expect.poll(() => here.isConnected() && there.isConnected(), { timeout: 10_000 }).toBe(true);
  expect(await one.consume([submit(10)])).toMatchObject({ allowed: true });
  expect(await other.consume([submit()])).toMatchObject({ allowed: false });
});

test('a Redis that hangs costs those of one moment its deadline, and those after them nothing', async () => {
  const redis = await startOwnRedis();
  cleanUps.push(() => redis.stop());
  const limiter = createRateLimiter(LIMITS, await connected(redis.url));
  await limiter.consume([submit()]);
  process.kill(redis.pid, 'SIGSTOP');
  const first = await timed(() => Promise.all(Array.from({ length: 30 }, () => limiter.consume([submit()]))));
  expect(first.ms).toBeLessThan(1_000);
  expect(first.value.filter(({ allowed }) => allowed)).toHaveLength(10);
  // Longer than two deadlines, so that a probe which made callers wait would show.
  const slowest = { ms: 0 };
  for (const until = performance.now() + 800; performance.now() < until;) {
    slowest.ms = Math.max(slowest.ms, (await timed(() => limiter.consume([submit()]))).ms);
  }
  expect(slowest.ms).toBeLessThan(250);
  process.kill(redis.pid, 'SIGCONT');
});

function expectNothingUnhandled(): void {
  expect(unhandled.splice(0)).toEqual([]);
}

async function limiterIn(store: (typeof STORES)[number]): Promise<RateLimiter> {
  return createRateLimiter(LIMITS, store === 'Redis' ? await connected(inject('redisUrl')) : null);
}

async function connected(url: string): Promise<RedisConnection> {
  const redis = openRedis(url, { warn: () => {} });
  cleanUps.push(() => redis.close());
  await expect.poll(() => redis.isConnected(), { timeout: 10_000, interval: 5 }).toBe(true);
  return redis;
}

/** Stops the clock at a moment of a window. Timers go on, because Redis needs them. */
function stopClock(elapsedMs: number): void {
  vi.useFakeTimers({ toFake: ['Date'], now: 1_000 * MINUTE_MS + elapsedMs });
}

async function timed<T>(work: () => Promise<T>): Promise<{ value: T; ms: number }> {
  const startedAt = performance.now();
  const value = await work();
  return { value, ms: performance.now() - startedAt };
}
