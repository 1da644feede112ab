import { once } from 'node:events';
import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { PeriodRef } from '../../src/domain/leaderboards/periodChange.ts';
import { SCORE_MAX } from '../../src/domain/leaderboards/standingOrder.ts';
import { openRedis, type RedisConnection } from '../../src/redis/connection.ts';
import { type Copies, createCopies } from '../../src/redis/copies.ts';
import { copyKeys, pendingKey } from '../../src/redis/copyKeys.ts';
import { createCopyReader, type CopyReader } from '../../src/redis/copyReader.ts';
import { applyToModel, chainOf, type Model, newPeriod, playerOf, rankModel } from '../setup/copies.ts';

let redis: RedisConnection;
let copies: Copies;
let copyReader: CopyReader;
beforeAll(async () => {
  redis = openRedis(inject('redisUrl'), { warn: () => {} });
  await once(redis.commands, 'ready');
  copies = createCopies(redis);
  copyReader = createCopyReader(redis);
});
afterAll(() => redis.close());

const orderKey = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: -3, max: 3 }) },
  { weight: 2, arbitrary: fc.maxSafeInteger() },
  { weight: 1, arbitrary: fc.constantFrom(SCORE_MAX, -SCORE_MAX, 1 - SCORE_MAX, 5e15, -5e15, 1e15) },
);
const steps = fc.array(
  fc.array(fc.record({ player: fc.nat({ max: 15 }), orderKey: fc.option(orderKey, { freq: 6 }) }), {
    minLength: 1,
    maxLength: 8,
  }),
  { minLength: 1, maxLength: 20 },
);

async function pageOf(period: PeriodRef) {
  const page = await copyReader.page(period, { kind: 'after', cursor: null, horizon: null, limit: 100 });
  if (typeof page === 'string') throw new Error(`the copy is ${page}`);
  return page;
}

/** Each of them once at least, in any order. */
const inAnyOrder = (count: number) =>
  fc
    .tuple(
      fc.shuffledSubarray(
        Array.from({ length: count }, (_, index) => index),
        { minLength: count },
      ),
      fc.array(fc.nat({ max: count - 1 }), { maxLength: count }),
    )
    .map(([all, again]) => [...all, ...again]);

test('changes that arrive in any order, any number of times, leave what they lead to in their own order', async () => {
  const deliveries = steps.chain((list) => fc.record({ list: fc.constant(list), order: inAnyOrder(list.length) }));
  await fc.assert(
    fc.asyncProperty(deliveries, async ({ list, order }) => {
      const period = newPeriod();
      const chain = chainOf(period, list);
      const model: Model = new Map();
      const [first] = chain;
      if (!first) return;
      // The first is there: a copy begins with the change that begins its period.
      await copies.put(first);
      const outcomes = [];
      for (const index of order) outcomes.push(await copies.put(chain[index] ?? first));
      expect(outcomes.filter((outcome) => outcome === 'missing' || outcome === 'broken')).toEqual([]);
      for (const change of chain) applyToModel(model, change);
      const page = await pageOf(period);
      expect(page.rows).toEqual(rankModel(model));
      expect(page).toMatchObject({ revision: chain.at(-1)?.toRevision, size: model.size });
      const players = await copyReader.players(period, [...model.keys()]);
      expect(players).toMatchObject({ rows: rankModel(model) });
      expect(await redis.commands.exists(pendingKey(period))).toBe(0);
    }),
    { numRuns: 150 },
  );
});

test('while a change is missing the copy stays at the revision before it', async () => {
  const period = newPeriod();
  const [one, two, three] = chainOf(
    period,
    [1, 2, 3].map((player) => [{ player, orderKey: -player }]),
  );
  if (!one || !two || !three) throw new Error('three changes were wanted');
  expect(await copies.put(one)).toBe('applied');
  expect(await copies.put(three)).toBe('gap');
  expect(await pageOf(period)).toMatchObject({ revision: one.toRevision, size: 1 });
  expect(await copies.put(two)).toBe('applied');
  expect(await pageOf(period)).toMatchObject({ revision: three.toRevision, size: 3 });
  expect(await copies.put(one)).toBe('known');
  expect(await copies.put(two)).toBe('known');
  expect(await pageOf(period)).toMatchObject({ revision: three.toRevision, size: 3 });
});

test('a change in the middle of a period makes no copy where there is none', async () => {
  const period = newPeriod();
  const [, second] = chainOf(period, [[{ player: 1, orderKey: 1 }], [{ player: 2, orderKey: 2 }]]);
  if (!second) throw new Error('two changes were wanted');
  expect(await copies.put(second)).toBe('missing');
  expect(await copyReader.players(period, [playerOf(2)])).toBe('missing');
  expect(await copyReader.revision(period)).toBeNull();
});

test.for(['ranks', 'members', 'scores'] as const)(
  'a copy that has lost its %s is not read, and is gone at the next change',
  async (part) => {
    const period = newPeriod();
    const [first, second] = chainOf(period, [
      [
        { player: 1, orderKey: 1 },
        { player: 2, orderKey: 2 },
      ],
      [{ player: 3, orderKey: 3 }],
    ]);
    if (!first || !second) throw new Error('two changes were wanted');
    await copies.put(first);
    await redis.commands.del(copyKeys(period)[part]);
    expect(await copyReader.players(period, [playerOf(1)])).toBe('broken');
    expect(await copyReader.page(period, { kind: 'fromRank', rank: 1, limit: 5 })).toBe('broken');
    expect(await copies.put(second)).toBe('broken');
    expect(await copyReader.revision(period)).toBeNull();
  },
);

test('a rebuild keeps the present copy until it is whole, and has every change that came meanwhile', async () => {
  const period = newPeriod();
  const chain = chainOf(
    period,
    Array.from({ length: 60 }, (_, index) => [
      { player: index % 20, orderKey: (index * 7) % 11 },
      { player: (index + 5) % 20, orderKey: index % 9 === 0 ? null : -index },
    ]),
  );
  const model: Model = new Map();
  for (const change of chain.slice(0, 20)) await copies.put(change);
  for (const change of chain.slice(0, 20)) applyToModel(model, change);
  const before = chain[19];
  const next = await copies.rebuild(period, 'one');
  if (!before || !next) throw new Error('the rebuild did not begin');
  expect(await copies.rebuild(period, 'two')).toBeNull();
  const rows = [...model].map(([playerId, value]) => ({ playerId, ...value, revision: before.toRevision }));
  expect(await next.load(rows.slice(0, 7))).toBe(true);
  for (const change of chain.slice(20, 50)) expect(await copies.put(change)).toBe('applied');
  expect(await pageOf(period)).toMatchObject({ revision: chain[49]?.toRevision });
  expect(await next.load(rows.slice(7))).toBe(true);
  expect(await next.promote(before.toRevision)).toBe(true);
  await next.discard();
  for (const change of chain.slice(20, 50)) applyToModel(model, change);
  expect(await pageOf(period)).toEqual({ revision: chain[49]?.toRevision, size: model.size, rows: rankModel(model) });
  for (const change of chain.slice(50)) expect(await copies.put(change)).toBe('applied');
  for (const change of chain.slice(50)) applyToModel(model, change);
  expect((await pageOf(period)).rows).toEqual(rankModel(model));
  expect(await redis.commands.exists(pendingKey(period))).toBe(0);
});

test('nobody is shown a copy that is half built, and changes meanwhile are in it at the end', async () => {
  const period = newPeriod();
  const chain = chainOf(
    period,
    Array.from({ length: 5 }, (_, player) => [{ player, orderKey: player }]),
  );
  const next = await copies.rebuild(period, 'one');
  const [first] = chain;
  if (!next || !first) throw new Error('the rebuild did not begin');
  await next.load([{ playerId: playerOf(0), orderKey: 0, reachedSeq: first.toRevision, revision: first.toRevision }]);
  for (const change of chain.slice(1)) expect(await copies.put(change)).toBe('missing');
  expect(await copyReader.players(period, [playerOf(0)])).toBe('missing');
  expect(await next.promote(first.toRevision)).toBe(true);
  expect(await pageOf(period)).toMatchObject({ revision: chain.at(-1)?.toRevision, size: 5 });
});

test('whoever lost a rebuild to another can neither add to it nor put it in place', async () => {
  const period = newPeriod();
  const lost = await copies.rebuild(period, 'slow');
  if (!lost) throw new Error('the rebuild did not begin');
  await redis.commands.del(`laurel:{${period.leaderboardId}:ALL_TIME:ALL}:rebuild`);
  const other = await copies.rebuild(period, 'other');
  expect(other).not.toBeNull();
  expect(await lost.load([])).toBe(false);
  expect(await lost.promote(5)).toBe(false);
  await lost.discard();
  expect(await other?.promote(0)).toBe(true);
});

test('a copy far behind its changes gives up and is gone', async () => {
  const period = newPeriod();
  const chain = chainOf(
    period,
    Array.from({ length: 1_003 }, (_, player) => [{ player, orderKey: player }]),
  );
  const [first, , ...rest] = chain;
  if (!first) throw new Error('a change was wanted');
  await copies.put(first);
  const last = rest.pop();
  if (!last) throw new Error('more changes were wanted');
  for (const change of rest) expect(await copies.put(change)).toBe('gap');
  expect(await copies.put(last)).toBe('broken');
  expect(await copyReader.revision(period)).toBeNull();
  expect(await redis.commands.exists(pendingKey(period))).toBe(0);
});

test('a page for which too many rows would have to be passed over is refused', async () => {
  const period = newPeriod();
  const [change] = chainOf(period, [Array.from({ length: 60 }, (_, player) => ({ player, orderKey: player }))]);
  if (!change) throw new Error('a change was wanted');
  await copies.put(change);
  const patient = createCopyReader(redis, { looksMax: 60 });
  const impatient = createCopyReader(redis, { looksMax: 50 });
  const range = { kind: 'after' as const, cursor: null, horizon: change.toRevision - 1, limit: 10 };
  expect(await patient.page(period, range)).toMatchObject({ size: 60, rows: [] });
  expect(await impatient.page(period, range)).toBe('far');
  expect(await impatient.page(period, { ...range, kind: 'before' })).toBe('far');
});
