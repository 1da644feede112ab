import { Redis } from 'ioredis';
import { expect, inject, onTestFinished, test } from 'vitest';
import { type PeriodRef, periodName } from '../../src/domain/leaderboards/periodChange.ts';
import { openRedis } from '../../src/redis/connection.ts';
import { copyKeys, listOf, nextCopyKeys, pendingKey, rebuildKey } from '../../src/redis/copyKeys.ts';
import { createCopies } from '../../src/redis/copies.ts';
import { createCopyReader } from '../../src/redis/copyReader.ts';
import { createRateLimiter } from '../../src/redis/rateLimits.ts';
import { createRedisTopics } from '../../src/redis/topics.ts';
import { parseRateLimits } from '../../src/domain/limits/rateLimits.ts';
import { applyToModel, chainOf, type Model, newPeriod, rankModel } from '../setup/copies.ts';
import { startOwnRedis } from '../setup/redis.ts';
import { freePort } from '../setup/serverProcess.ts';

test('all keys of a copy have one hash tag, so that a cluster keeps them in one slot, and another copy has another', () => {
  const tagsOf = (period: PeriodRef) => {
    const keys = [
      ...listOf(copyKeys(period)),
      ...listOf(nextCopyKeys(period, 'a')),
      pendingKey(period),
      rebuildKey(period),
    ];
    return new Set(keys.map((key) => /^[^{]*\{([^}]+)\}/.exec(key)?.[1]));
  };
  const [period, other] = [newPeriod(), newPeriod()];
  expect([...tagsOf(period)]).toEqual([periodName(period)]);
  expect([...tagsOf(other)]).toEqual([periodName(other)]);
});

/** Two nodes with half of the slots each. */
async function startCluster(): Promise<string> {
  const nodes = [];
  for (const slots of [
    [0, 8_191],
    [8_192, 16_383],
  ]) {
    const busPort = String(await freePort());
    const node = await startOwnRedis(undefined, { 'cluster-enabled': 'yes', 'cluster-port': busPort });
    onTestFinished(() => node.kill());
    const client = new Redis(node.url);
    onTestFinished(() => client.disconnect());
    await client.call('CLUSTER', 'ADDSLOTSRANGE', ...slots.map(String));
    nodes.push({ node, busPort, client });
  }
  const [first, second] = nodes;
  await first?.client.call('CLUSTER', 'MEET', '127.0.0.1', String(second?.node.port), second?.busPort ?? '');
  for (const { client } of nodes) {
    await expect
      .poll(() => client.cluster('INFO'), { timeout: 10_000 })
      .toMatch(/cluster_state:ok[^]*cluster_known_nodes:2/);
  }
  return nodes.map(({ node }) => node.url).join(',');
}

test.runIf(inject('isRealRedis'))(
  'on a cluster copies are made, rebuilt and read, limits count and notices arrive',
  async () => {
    const url = await startCluster();
    const connection = openRedis(url, { warn: () => {} });
    onTestFinished(() => connection.close());
    await expect.poll(() => connection.isConnected(), { timeout: 10_000 }).toBe(true);
    const [copies, copyReader] = [createCopies(connection), createCopyReader(connection)];
    // Enough of them to lie on both nodes.
    for (let count = 0; count < 12; count += 1) {
      const period = newPeriod();
      const chain = chainOf(period, [
        [{ player: 1, orderKey: 5 }],
        [{ player: 2, orderKey: 3 }],
        [{ player: 1, orderKey: 1 }],
      ]);
      const model: Model = new Map();
      for (const change of chain) {
        expect(await copies.put(change)).toBe('applied');
        applyToModel(model, change);
      }
      const whole = { kind: 'after' as const, cursor: null, horizon: null, limit: 10 };
      expect(await copyReader.page(period, whole)).toMatchObject({ rows: rankModel(model) });
      const next = await copies.rebuild(period, 'token');
      const revision = chain.at(-1)?.toRevision ?? 0;
      await next?.load([...model].map(([playerId, value]) => ({ playerId, ...value, revision })));
      expect(await next?.promote(revision)).toBe(true);
      expect(await copyReader.page(period, whole)).toMatchObject({ revision, rows: rankModel(model) });
      expect(await copyReader.inspect(period, [])).toMatchObject({ size: 2, distinct: 2 });
    }
    expect(await copies.epoch()).toBe(await copies.epoch());

    const limiter = createRateLimiter(parseRateLimits('read=3/60') ?? never(), connection);
    const verdicts = [];
    for (let count = 0; count < 4; count += 1) {
      verdicts.push((await limiter.consume([{ name: 'read', key: 'one', cost: 1 }])).allowed);
    }
    expect(verdicts).toEqual([true, true, true, false]);

    const other = openRedis(url, { warn: () => {} });
    onTestFinished(() => other.close());
    let heard = 0;
    createRedisTopics(connection, { warn: () => {} }).listen('board', () => (heard += 1));
    const there = createRedisTopics(other, { warn: () => {} });
    await expect
      .poll(
        () => {
          there.publish('board');
          return heard;
        },
        { timeout: 10_000 },
      )
      .toBeGreaterThan(2);
  },
  60_000,
);

function never(): never {
  throw new Error('the limits are well-formed');
}
