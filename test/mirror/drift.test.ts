import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { PeriodRef } from '../../src/domain/leaderboards/periodChange.ts';
import type { Mirroring } from '../../src/mirror/openStandings.ts';
import { copyKeys, hexSeq } from '../../src/redis/copyKeys.ts';
import type { RedisConnection } from '../../src/redis/connection.ts';
import { type BoardStore, openBoardStore } from '../setup/boards.ts';

let store: BoardStore;
let mirroring: Mirroring;
let redis: RedisConnection['commands'];
const SIZE = inject('isRealRedis') ? 300 : 120;

let players: string[];
beforeAll(async () => {
  store = await openBoardStore({ redisUrl: inject('redisUrl') });
  if (!store.mirroring || !store.redis) throw new Error('the store has no Redis');
  mirroring = store.mirroring;
  redis = store.redis.commands;
  players = await store.newPlayers(SIZE);
});
afterAll(() => store.close());

/** A board with ties of ten, the copy in step. */
async function newBoard(): Promise<PeriodRef> {
  const board = await store.newBoard({ sortOrder: 'ASCENDING', operator: 'LATEST' });
  await submitAll(board.id, (index) => Math.floor(index / 10));
  await store.settled(board.id);
  return { leaderboardId: board.id, cadence: 'ALL_TIME', periodKey: 'ALL' };
}

let rounds = 0;
async function submitAll(leaderboardId: string, score: (index: number) => number): Promise<void> {
  rounds += 1;
  const key = `round ${rounds}`;
  await Promise.all(
    players.map((playerId, index) =>
      store.submitter.submit({ playerId, leaderboardId, score: score(index), idempotencyKey: key, metadata: null }),
    ),
  );
}

const stranger = '00000000-0000-4000-8000-00000000000a';

const damages: Record<string, (period: PeriodRef) => Promise<unknown>> = {
  'a row that is not among the top 100 has another score': async (period) => {
    const { members } = copyKeys(period);
    const [player = ''] = players.slice(SIZE - 10);
    const held = await redis.hget(members, player);
    const [seq = '', revision] = (held ?? '').split(' ');
    await redis.hset(members, player, `${seq} ${revision} 7`);
    await redis.zadd(copyKeys(period).ranks, 7, `${seq}:${player}`);
  },
  'a row stands elsewhere than it says': (period) =>
    redis.eval(
      `local member = redis.call('ZRANGE', KEYS[1], 105, 105)[1]; return redis.call('ZADD', KEYS[1], 1, member)`,
      1,
      copyKeys(period).ranks,
    ),
  'a row is missing': async (period) => {
    const { meta, ranks, members } = copyKeys(period);
    const [player = ''] = players.slice(SIZE - 15);
    const [seq = ''] = ((await redis.hget(members, player)) ?? '').split(' ');
    await redis.zrem(ranks, `${seq}:${player}`);
    await redis.hdel(members, player);
    await redis.hincrby(meta, 'size', -1);
  },
  'there is a row too many': async (period) => {
    const { meta, ranks, members } = copyKeys(period);
    await redis.zadd(ranks, 3, `${hexSeq(1)}:${stranger}`);
    await redis.hset(members, stranger, `${hexSeq(1)} 1 3`);
    await redis.hincrby(meta, 'size', 1);
  },
  'a score too many counts in dense ranks': async (period) => {
    await redis.zadd(copyKeys(period).scores, 2.5, '2.5');
    await redis.hincrby(copyKeys(period).meta, 'distinct', 1);
  },
};

test.for(Object.keys(damages))('drift is found and repaired where %s', async (name) => {
  const period = await newBoard();
  expect(await mirroring.drift.check(period)).toMatchObject({ state: 'COMPARED', entries: SIZE, differences: [] });
  await damages[name]?.(period);
  const found = await mirroring.drift.check(period);
  expect(found.state).toBe('COMPARED');
  expect(found.differences.length).toBeGreaterThan(0);
  expect(await mirroring.drift.check(period)).toMatchObject({ state: 'COMPARED', entries: SIZE, differences: [] });
});

test('a board that is submitted to all the while is compared without a false alarm', async () => {
  const period = await newBoard();
  let isRunning = true;
  const crowd = (async () => {
    while (isRunning) await submitAll(period.leaderboardId, () => Math.floor(Math.random() * 40));
  })();
  const states = [];
  for (let round = 0; round < (inject('isRealRedis') ? 20 : 3); round += 1)
    states.push(await mirroring.drift.check(period));
  isRunning = false;
  await crowd;
  expect(states.flatMap(({ differences }) => differences)).toEqual([]);
  expect(states.some(({ state }) => state === 'COMPARED')).toBe(true);
}, 30_000);

test('the round over all boards repairs each that has drifted, and says how many differences there were', async () => {
  const periods = [await newBoard(), await newBoard(), await newBoard()];
  await mirroring.drift.checkAll();
  await damages['a row is missing']?.(periods[1] as PeriodRef);
  await mirroring.drift.checkAll();
  // The copy has not changed its revision since it was found equal, so only the top is compared again.
  await damages['a row stands elsewhere than it says']?.(periods[2] as PeriodRef);
  await store.submitter.submit({
    playerId: players[0] ?? '',
    leaderboardId: periods[2]?.leaderboardId ?? '',
    score: 99,
    idempotencyKey: 'one more',
    metadata: null,
  });
  await store.submitter.submit({
    playerId: players[0] ?? '',
    leaderboardId: periods[1]?.leaderboardId ?? '',
    score: 99,
    idempotencyKey: 'another one',
    metadata: null,
  });
  await mirroring.mirror.drained();
  await mirroring.drift.checkAll();
  expect(mirroring.drift.found().last).toBeGreaterThan(0);
  await mirroring.drift.checkAll();
  expect(mirroring.drift.found().last).toBe(0);
  for (const period of periods) expect(await mirroring.drift.check(period)).toMatchObject({ differences: [] });
});
