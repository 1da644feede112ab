import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { openPostgresTopics } from '../../src/db/postgresTopics.ts';
import { openDatabase } from '../../src/db/open.ts';
import { cloneDatabase } from '../setup/database.ts';
import { startTcpProxy } from '../setup/tcpProxy.ts';

const WAIT = { timeout: 10_000, interval: 10 };

let databaseUrl: string;
beforeEach(async () => {
  databaseUrl = await cloneDatabase();
});

/** An instance that sends through one URL and listens at another. */
async function openInstance(listenUrl = databaseUrl) {
  const database = await openDatabase({ databaseUrl, poolSize: 2 });
  const rows = vi.spyOn(database, 'rows');
  const log = { warn: vi.fn() };
  const topics = openPostgresTopics(database, { url: listenUrl, log });
  const resumed = vi.fn();
  topics.onResumed(resumed);
  onTestFinished(async () => {
    await topics.close();
    await database.close();
  });
  return { topics, resumed, log, rows };
}

test('instances on one database hear each other, on the topic that they listen to only', async () => {
  const [here, there] = [await openInstance(), await openInstance()];
  for (const { resumed } of [here, there]) await vi.waitFor(() => expect(resumed).toHaveBeenCalledOnce(), WAIT);
  const [heard, other] = [vi.fn(), vi.fn()];
  there.topics.listen('tournament:7', heard);
  there.topics.listen('tournament:8', other);
  here.topics.publish('error');
  here.topics.publish('tournament:7');
  await vi.waitFor(() => expect(heard).toHaveBeenCalledOnce(), WAIT);
  expect(other).not.toHaveBeenCalled();
});

test('a thousand notices in a turn are one statement, and the own process hears each at once', async () => {
  const [here, there] = [await openInstance(), await openInstance()];
  for (const { resumed } of [here, there]) await vi.waitFor(() => expect(resumed).toHaveBeenCalledOnce(), WAIT);
  const [near, far] = [vi.fn(), vi.fn()];
  here.topics.listen('board', near);
  there.topics.listen('board', far);
  here.rows.mockClear();
  for (let index = 0; index < 1_000; index += 1) here.topics.publish('board');
  expect(near).toHaveBeenCalledTimes(1_000);
  await vi.waitFor(() => expect(far).toHaveBeenCalled(), WAIT);
  await here.topics.close();
  expect(here.rows).toHaveBeenCalledOnce();
  expect([near.mock.calls.length, far.mock.calls.length]).toEqual([1_000, 1]);
});

test('an instance that has lost its connection listens again, and says that it may have missed notices', async () => {
  const proxy = await startTcpProxy(databaseUrl);
  onTestFinished(() => proxy.close());
  const [here, there] = [await openInstance(), await openInstance(proxy.url)];
  await vi.waitFor(() => expect(there.resumed).toHaveBeenCalledOnce(), WAIT);
  await proxy.cut();
  here.topics.publish('board');
  await proxy.restore();
  await vi.waitFor(() => expect(there.resumed).toHaveBeenCalledTimes(2), WAIT);
  const heard = vi.fn();
  there.topics.listen('board', heard);
  here.topics.publish('board');
  await vi.waitFor(() => expect(heard).toHaveBeenCalledOnce(), WAIT);
  expect(there.log.warn).not.toHaveBeenCalled();
});

test('a LISTEN that brings nothing, as behind a pooler, is logged once', async () => {
  // Notices stay within one database, so at another one none ever arrives.
  const { log, resumed, rows } = await openInstance(await cloneDatabase());
  await vi.waitFor(() => expect(log.warn).toHaveBeenCalledOnce(), WAIT);
  await vi.waitFor(() => expect(rows.mock.calls.length).toBeGreaterThan(2), WAIT);
  expect(log.warn).toHaveBeenCalledOnce();
  expect(resumed).not.toHaveBeenCalled();
});
