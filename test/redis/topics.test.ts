import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { afterEach, beforeEach, expect, inject, type Mock, test, vi } from 'vitest';
import { openRedis, type RedisConnection } from '../../src/redis/connection.ts';
import { createRedisTopics } from '../../src/redis/topics.ts';
import { createLocalTopics, type Topics } from '../../src/domain/topics.ts';
import { type OwnRedis, startOwnRedis } from '../setup/redis.ts';

const WAIT = { timeout: 10_000, interval: 20 };

const unhandled: unknown[] = [];
const collectUnhandled = (reason: unknown) => void unhandled.push(reason);
const cleanUps: (() => unknown)[] = [];
/** A board of its own for each test: they share one Redis. */
let board: string;

beforeEach(() => {
  board = randomUUID();
  process.on('unhandledRejection', collectUnhandled);
});

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp();
  await expectNothingUnhandled();
  process.off('unhandledRejection', collectUnhandled);
});

test('a process hears its own notices, for the board that it listens to only', () => {
  const topics = createLocalTopics();
  const heard = vi.fn();
  topics.listen(board, heard);
  topics.publish(randomUUID());
  expect(heard).not.toHaveBeenCalled();
  topics.publish(board);
  expect(heard).toHaveBeenCalledOnce();
});

test('whoever has unsubscribed hears nothing more, the others still do', () => {
  const topics = createLocalTopics();
  const [one, other] = [vi.fn(), vi.fn()];
  const forget = topics.listen(board, one);
  topics.listen(board, other);
  forget();
  topics.publish(board);
  expect(one).not.toHaveBeenCalled();
  expect(other).toHaveBeenCalledOnce();
});

test('two processes on one Redis hear each other', async () => {
  const [here, there] = [await connected(), await connected()];
  const [heardHere, heardThere] = [vi.fn(), vi.fn()];
  here.listen(board, heardHere);
  there.listen(board, heardThere);
  await expectReached(heardThere, here);
  heardHere.mockClear();
  await expectReached(heardHere, there);
});

test('a notice reaches the own process at once', async () => {
  const topics = await connected();
  const heard = vi.fn();
  topics.listen(board, heard);
  topics.publish(board);
  expect(heard).toHaveBeenCalledOnce();
});

test('a listener is told once when its subscription has begun, because notices before that did not arrive', async () => {
  const topics = await connected();
  const heard = vi.fn();
  topics.listen(board, heard);
  expect(heard).not.toHaveBeenCalled();
  await vi.waitFor(() => expect(heard).toHaveBeenCalledOnce(), WAIT);
});

test('whoever has unsubscribed from Redis hears nothing more, the others still do', async () => {
  const [here, there] = [await connected(), await connected()];
  const [one, other] = [vi.fn(), vi.fn()];
  const forget = here.listen(board, one);
  here.listen(board, other);
  await subscribers(1);
  forget();
  one.mockClear();
  here.publish(board);
  other.mockClear();
  await expectReached(other, there);
  expect(one).not.toHaveBeenCalled();
});

test('the last one to unsubscribe ends the subscription in Redis, and it can begin again', async () => {
  const [here, there] = [await connected(), await connected()];
  const forgets = [here.listen(board, () => {}), here.listen(board, () => {})];
  await subscribers(1);
  for (const forget of forgets) forget();
  await subscribers(0);
  const heard = vi.fn();
  here.listen(board, heard);
  await expectReached(heard, there);
});

test('whoever unsubscribes before the subscription has begun is not called', async () => {
  const [here, there] = [await connected(), await connected()];
  const [early, steady] = [vi.fn(), vi.fn()];
  here.listen(board, early)();
  here.listen(board, steady);
  await expectReached(steady, there);
  expect(early).not.toHaveBeenCalled();
});

test.each(['not JSON', '', '{', 'null', '\u0000'])('the message %j on the channel does no harm', async (message) => {
  const [here, there] = [await connected(), await connected()];
  const heard = vi.fn();
  here.listen(board, heard);
  await expectReached(heard, there);
  heard.mockClear();
  await client().publish(`laurel:board:${board}`, message);
  // One may be left from before, one may be the message itself: the third came after it.
  await expectReached(heard, there, { times: 3 });
});

test('a subscription that is asked for while the connection is being made is kept', async () => {
  const connection = openRedis(inject('redisUrl'), { warn: vi.fn() });
  const topics = createRedisTopics(connection, { warn: vi.fn() });
  cleanUps.push(connection.close);
  const heard = vi.fn();
  connection.subscriber.once('connect', () => void topics.listen(board, heard));
  await subscribers(1);
  await expectReached(heard, await connected());
});

test('a killed Redis does no harm: the own process still hears itself', async () => {
  const { redis, topics } = await withOwnRedis();
  const heard = vi.fn();
  topics.listen(board, heard);
  await subscribers(1, redis.url);
  await redis.kill();
  await vi.waitFor(() => expect(topics.isConnected()).toBe(false), WAIT);
  heard.mockClear();
  topics.publish(board);
  expect(heard).toHaveBeenCalledOnce();
});

test('notices flow again when Redis is back, and it is said that some may have been missed', async () => {
  const { redis, topics } = await withOwnRedis();
  const there = await connected(redis.url);
  const [heard, resumed] = [vi.fn(), vi.fn()];
  topics.listen(board, heard);
  topics.onResumed(resumed);
  await subscribers(1, redis.url);
  await redis.kill();
  await vi.waitFor(() => expect([topics, there].map((one) => one.isConnected())).toEqual([false, false]), WAIT);
  there.publish(board);
  expect(resumed).not.toHaveBeenCalled();

  await restarted(redis);
  await vi.waitFor(() => expect(resumed).toHaveBeenCalledOnce(), WAIT);
  await expectReached(heard, there);
  // Notices come over one connection and leave over another, which may be back a moment later.
  await vi.waitFor(() => expect(topics.isConnected()).toBe(true), WAIT);
});

test('whoever leaves or comes while Redis is away is right when it is back', async () => {
  const { redis, topics } = await withOwnRedis();
  const there = await connected(redis.url);
  const [left, came] = [vi.fn(), vi.fn()];
  const forget = topics.listen(board, left);
  await subscribers(1, redis.url);
  await redis.kill();
  await vi.waitFor(() => expect(topics.isConnected()).toBe(false), WAIT);
  forget();
  left.mockClear();
  const other = randomUUID();
  topics.listen(other, came);

  await restarted(redis);
  await expectReached(came, there, { of: other });
  await subscribers(0, redis.url);
  expect(left).not.toHaveBeenCalled();
});

test('a process that starts while Redis is away is connected once it is there', async () => {
  const redis = await startOwnRedis();
  await redis.kill();
  const log = { warn: vi.fn() };
  const topics = closedLater(openTopics(redis.url, log));
  const heard = vi.fn();
  topics.listen(board, heard);
  topics.publish(board);
  expect(heard).toHaveBeenCalledOnce();
  await vi.waitFor(() => expect(log.warn).toHaveBeenCalled(), WAIT);
  await restarted(redis);
  await vi.waitFor(() => expect(topics.isConnected()).toBe(true), WAIT);
  heard.mockClear();
  await expectReached(heard, await connected(redis.url));
});

test('a Redis that goes away is logged once for each connection, each time', async () => {
  const { redis, topics, log } = await withOwnRedis();
  await redis.kill();
  await vi.waitFor(() => expect(log.warn).toHaveBeenCalledTimes(2), WAIT);
  const again = await restarted(redis);
  await vi.waitFor(() => expect(topics.isConnected()).toBe(true), WAIT);
  await again.kill();
  await vi.waitFor(() => expect(log.warn).toHaveBeenCalledTimes(4), WAIT);
});

test('a Redis that stays away is not logged at each attempt to reach it', async () => {
  let attempts = 0;
  const server = createServer((socket) => {
    attempts += 1;
    socket.resetAndDestroy();
  }).listen(0, '127.0.0.1');
  cleanUps.push(() => server.close());
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const log = { warn: vi.fn() };
  const topics = closedLater(openTopics(`redis://127.0.0.1:${port}`, log));
  await vi.waitFor(() => expect(attempts).toBeGreaterThanOrEqual(6), WAIT);
  topics.publish(board);
  expect(log.warn).toHaveBeenCalledTimes(2);
});

test('closing while Redis is away does no harm', async () => {
  const { redis, topics } = await withOwnRedis();
  const forgets = [topics.listen(board, () => {})];
  await subscribers(1, redis.url);
  await redis.kill();
  await vi.waitFor(() => expect(topics.isConnected()).toBe(false), WAIT);
  forgets.push(topics.listen(randomUUID(), () => {}));
  topics.publish(board);
  topics.close();
  for (const forget of forgets) forget();
  await expectNothingUnhandled();
});

test('closing before a subscription has ended does no harm', async () => {
  const { redis, topics } = await withOwnRedis();
  const forget = topics.listen(board, () => {});
  await subscribers(1, redis.url);
  process.kill(redis.pid, 'SIGSTOP');
  forget();
  topics.publish(board);
  // By the end of the turn the commands are on their way, and nobody will answer them.
  await turn();
  topics.close();
  await redis.kill();
  await client().ping();
  await expectNothingUnhandled();
});

test('closing before a subscription has begun does no harm', async () => {
  const topics = openTopics(inject('redisUrl'), { warn: () => {} });
  topics.listen(board, () => {});
  topics.close();
  // A whole connection later the closed one is surely over.
  await client().ping();
  await expectNothingUnhandled();
});

test('listening and publishing after closing does no harm', async () => {
  const topics = await connected();
  topics.close();
  await vi.waitFor(() => expect(topics.isConnected()).toBe(false), WAIT);
  const forget = topics.listen(board, () => {});
  topics.publish(board);
  await client().ping();
  forget();
  await expectNothingUnhandled();
});

/** Such a rejection would end the process. Node tells of it at the end of the turn. */
async function expectNothingUnhandled(): Promise<void> {
  await turn();
  expect(unhandled.splice(0)).toEqual([]);
}

/** A notice may be lost while a subscription begins: publishes until enough are heard. */
async function expectReached(heard: Mock, from: Topics, { of = board, times = 1 } = {}): Promise<void> {
  await vi.waitFor(() => {
    from.publish(of);
    expect(heard.mock.calls.length).toBeGreaterThanOrEqual(times);
  }, WAIT);
}

async function connected(url = inject('redisUrl'), log = { warn: vi.fn() }): Promise<OwnTopics> {
  const topics = closedLater(openTopics(url, log));
  await vi.waitFor(() => expect(topics.isConnected()).toBe(true), WAIT);
  return topics;
}

async function withOwnRedis() {
  const redis = await startOwnRedis();
  cleanUps.push(() => redis.kill());
  const log = { warn: vi.fn() };
  return { redis, log, topics: await connected(redis.url, log) };
}

/** A killed Redis comes back, empty, at its old address. */
async function restarted({ port }: OwnRedis): Promise<OwnRedis> {
  const redis = await startOwnRedis(port);
  cleanUps.push(() => redis.kill());
  return redis;
}

/** Waits until so many connections are subscribed to the board. */
async function subscribers(count: number, url = inject('redisUrl'), of = board): Promise<void> {
  const redis = client(url);
  const channel = `laurel:board:${of}`;
  await vi.waitFor(async () => expect(await redis.pubsub('NUMSUB', channel)).toEqual([channel, count]), WAIT);
}

function client(url = inject('redisUrl')): Redis {
  const redis = new Redis(url);
  redis.on('error', () => {});
  cleanUps.push(() => redis.disconnect());
  return redis;
}

type OwnTopics = Topics & Pick<RedisConnection, 'close' | 'isConnected'>;

function openTopics(url: string, log: { warn(): void }): OwnTopics {
  const connection = openRedis(url, log);
  return { ...createRedisTopics(connection, log), close: connection.close, isConnected: connection.isConnected };
}

function closedLater(topics: OwnTopics): OwnTopics {
  cleanUps.push(() => topics.close());
  return topics;
}
