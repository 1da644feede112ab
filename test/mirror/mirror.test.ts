import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest';
import { deletePlayer } from '../../src/db/players/deletePlayer.ts';
import { countMirrorOutbox } from '../../src/db/submissions/mirrorOutbox.ts';
import { saveSubmissions } from '../../src/db/submissions/saveSubmissions.ts';
import type { Leaderboard } from '../../src/domain/leaderboards/leaderboard.ts';
import type { Mirroring } from '../../src/mirror/openStandings.ts';
import { copyKeys } from '../../src/redis/copyKeys.ts';
import { type BoardStore, openBoardStore } from '../setup/boards.ts';

let store: BoardStore;
let mirroring: Mirroring;
let players: string[];
beforeAll(async () => {
  store = await openBoardStore({ redisUrl: inject('redisUrl') });
  if (!store.mirroring) throw new Error('the store has no Redis');
  mirroring = store.mirroring;
  players = await store.newPlayers(30);
});
afterAll(() => store.close());

const periodOf = (board: Leaderboard) => ({ leaderboardId: board.id, cadence: 'ALL_TIME' as const, periodKey: 'ALL' });
const top = (board: Leaderboard) => store.reader.top(board.id, 'ALL_TIME', 50);
/** Where the ranks came from and what the first three have. */
const podium = async (board: Leaderboard) => {
  const { source, rows } = await top(board);
  return [source, ...rows.slice(0, 3).map((row) => row.score)];
};
const compared = (board: Leaderboard) => mirroring.drift.check(periodOf(board));

let plays = 0;
const play = (board: Leaderboard, playerId: string, score: number) => {
  plays += 1;
  return { playerId, leaderboardId: board.id, score, idempotencyKey: `play ${plays}`, metadata: null };
};
const submitAll = (board: Leaderboard, score: (index: number) => number) =>
  Promise.all(players.map((playerId, index) => store.submitter.submit(play(board, playerId, score(index)))));

/** What a process leaves that dies between its commit and the next line. */
const commitAndDie = (board: Leaderboard, scores: number[]) =>
  saveSubmissions(
    store.database,
    scores.map((score, index) => play(board, players[index] ?? '', score)),
    { isMirrored: true },
  );

const makeOld = () => store.database.rows(sql`update mirror_outbox set created_at = created_at - interval '1 minute'`);

test('a score is in Redis when its submission is answered, and the outbox of the mirror is empty soon after', async () => {
  const board = await store.newBoard();
  await submitAll(board, (index) => index % 7);
  await store.settled(board.id);
  expect(await top(board)).toMatchObject({ source: 'redis', size: players.length });
  await store.submitter.submit(play(board, players[3] ?? '', 100));
  expect((await top(board)).rows[0]).toMatchObject({ score: 100, player: { id: players[3] } });
  await mirroring.mirror.drained();
  expect(await countMirrorOutbox(store.database)).toBe(0);
  expect(await compared(board)).toMatchObject({ state: 'COMPARED', differences: [], entries: players.length });
});

test('what a dead process committed is read at once, and mirrored by a sweep', async () => {
  const board = await store.newBoard({ operator: 'SUM', cadences: ['ALL_TIME', 'DAILY', 'WEEKLY'] });
  await submitAll(board, (index) => index);
  await store.settled(board.id);
  await commitAndDie(board, [50, 60, 70]);
  await commitAndDie(board, [5, 6, 7]);
  expect(await podium(board)).toEqual(['sql', 79, 67, 55]);
  // Later changes wait for the missing ones, and lose nothing.
  await store.submitter.submit(play(board, players[9] ?? '', 1_000));
  expect(await podium(board)).toEqual(['sql', 1_009, 79, 67]);
  await makeOld();
  await mirroring.mirror.sweep();
  expect(await podium(board)).toEqual(['redis', 1_009, 79, 67]);
  expect(await countMirrorOutbox(store.database)).toBe(0);
  expect(await compared(board)).toMatchObject({ state: 'COMPARED', differences: [] });
});

test('rows of the outbox of the mirror that are repeated, late and in the wrong order change nothing', async () => {
  const board = await store.newBoard();
  await submitAll(board, (index) => index % 5);
  const batches = [
    await commitAndDie(board, [10, 20]),
    await commitAndDie(board, [30, 40]),
    await commitAndDie(board, [50]),
  ];
  for (const batch of [...batches.toReversed(), ...batches, ...batches.toReversed()]) mirroring.mirror.committed(batch);
  await mirroring.mirror.drained();
  await store.settled(board.id);
  expect(await podium(board)).toEqual(['redis', 50, 40, 4]);
  expect(await compared(board)).toMatchObject({ state: 'COMPARED', differences: [] });
});

test('a long outage is made up for by rebuilding, not by following each change', async () => {
  const board = await store.newBoard();
  await submitAll(board, (index) => index);
  await store.settled(board.id);
  await store.database.rows(sql`
    insert into mirror_outbox (periods, seqs, removed, created_at)
    select jsonb_build_array(jsonb_build_array(p.id, 1, 2)), '[]', '[]', now() - interval '1 hour'
    from board_periods p, generate_series(1, 4500) where p.leaderboard_id = ${board.id}`);
  await commitAndDie(board, [500]);
  const before = mirroring.keeper.rebuilds();
  await makeOld();
  await mirroring.mirror.sweep();
  await mirroring.keeper.drained();
  expect(mirroring.keeper.rebuilds()).toBeGreaterThan(before);
  await store.settled(board.id);
  expect(await podium(board)).toEqual(['redis', 500, 29, 28]);
  expect(await countMirrorOutbox(store.database)).toBe(0);
});

test('a copy that is gone is not missed by anybody, and comes back when it is asked for', async () => {
  const board = await store.newBoard();
  await submitAll(board, (index) => index);
  await store.settled(board.id);
  const { source: _, ...before } = await top(board);
  await store.redis?.commands.unlink(Object.values(copyKeys(periodOf(board))));
  expect(await top(board)).toEqual({ ...before, source: 'sql' });
  await mirroring.keeper.drained();
  expect(await top(board)).toEqual({ ...before, source: 'redis' });
});

test.for(['ranks', 'members', 'scores'] as const)(
  'a copy that has lost its %s is not read, and comes back though nobody submits',
  async (part) => {
    const board = await store.newBoard();
    await submitAll(board, (index) => index);
    await store.settled(board.id);
    await store.redis?.commands.del(copyKeys(periodOf(board))[part]);
    expect(await podium(board)).toEqual(['sql', 29, 28, 27]);
    await mirroring.keeper.drained();
    expect(await podium(board)).toEqual(['redis', 29, 28, 27]);
  },
);

test('a copy that stopped following is rebuilt', async () => {
  const board = await store.newBoard();
  await submitAll(board, (index) => index);
  await store.settled(board.id);
  await commitAndDie(board, [77]);
  await store.database.rows(sql`delete from mirror_outbox`);
  expect(await top(board)).toMatchObject({ source: 'sql' });
  await vi.waitFor(async () => {
    await mirroring.keeper.check();
    await mirroring.keeper.drained();
    expect(await top(board)).toMatchObject({ source: 'redis' });
  });
  expect((await top(board)).rows[0]).toMatchObject({ score: 77 });
});

test('a copy of another history, as after a database is restored, is not believed and is rebuilt', async () => {
  const board = await store.newBoard();
  await submitAll(board, (index) => index);
  await store.settled(board.id);
  await store.redis?.commands.hset(copyKeys(periodOf(board)).meta, 'revision', Number.MAX_SAFE_INTEGER);
  expect(await top(board)).toMatchObject({ source: 'sql' });
  await mirroring.keeper.drained();
  expect(await top(board)).toMatchObject({ source: 'redis' });
});

test('an emptied Redis is noticed, and every copy in use is rebuilt', async () => {
  const boards = [await store.newBoard(), await store.newBoard({ cadences: ['ALL_TIME', 'MONTHLY'] })];
  for (const board of boards) {
    await submitAll(board, (index) => index);
    await store.settled(board.id);
  }
  await mirroring.keeper.check();
  // The effect of FLUSHALL on this store, without emptying a Redis that others may use.
  for (const board of boards) await store.redis?.commands.unlink(Object.values(copyKeys(periodOf(board))));
  await store.redis?.commands.del('laurel:epoch');
  await mirroring.keeper.check();
  await mirroring.keeper.drained();
  for (const board of boards) {
    expect(await top(board)).toMatchObject({ source: 'redis', size: players.length });
    expect(await compared(board)).toMatchObject({ state: 'COMPARED', differences: [] });
  }
});

test('submissions that go on during rebuilds are in the new copy', async () => {
  const board = await store.newBoard({ operator: 'LATEST' });
  await submitAll(board, (index) => index);
  let isRunning = true;
  const crowd = (async () => {
    while (isRunning) await submitAll(board, () => Math.floor(Math.random() * 20) - 10);
  })();
  const rebuilt = [];
  const rounds = inject('isRealRedis') ? 10 : 2;
  for (let round = 0; round < rounds; round += 1) rebuilt.push(await mirroring.keeper.rebuild(periodOf(board)));
  isRunning = false;
  await crowd;
  expect(rebuilt.filter(Boolean)).toHaveLength(rounds);
  await store.settled(board.id);
  expect(await compared(board)).toMatchObject({ state: 'COMPARED', differences: [], entries: players.length });
}, 30_000);

test('a deleted player leaves every copy, also when the process dies that deleted them', async () => {
  const board = await store.newBoard({ cadences: ['ALL_TIME', 'DAILY'] });
  const [one = '', other = '', stayer = ''] = await store.newPlayers(3);
  for (const player of [one, other, stayer]) await store.submitter.submit(play(board, player, 5));
  await store.settled(board.id);
  const deletion = await deletePlayer(store.database, one, { isMirrored: true });
  expect(await podium(board)).toEqual(['sql', 5, 5]);
  if (deletion) mirroring.mirror.committed(deletion);
  expect(await podium(board)).toEqual(['redis', 5, 5]);
  await deletePlayer(store.database, other, { isMirrored: true });
  await makeOld();
  await mirroring.mirror.sweep();
  expect(await top(board)).toMatchObject({ source: 'redis', rows: [{ player: { id: stayer } }], size: 1 });
  expect(await compared(board)).toMatchObject({ state: 'COMPARED', differences: [], entries: 1 });
  await mirroring.mirror.drained();
  expect(await countMirrorOutbox(store.database)).toBe(0);
});

test('ranks after a submission that changed nothing count what was committed before, also where the copy is behind', async () => {
  const board = await store.newBoard();
  const [ada = ''] = await store.newPlayers(1);
  await store.submitter.submit(play(board, ada, 5));
  await store.settled(board.id);
  await commitAndDie(board, [50, 60]);
  const worse = await store.submitter.submit(play(board, ada, 1));
  if (worse instanceof Error) throw worse;
  expect(worse.outcome).toBe('UNCHANGED');
  const { standings } = await store.submitter.standingsAfter(worse, true);
  expect(standings).toMatchObject([{ score: 5, size: 3, ranks: { ordinal: 3, competition: 3, dense: 3 } }]);
  await store.database.rows(sql`delete from mirror_outbox`);
});

const aroundPlayer = (board: Leaderboard, playerId: string) =>
  store.reader.pages([
    {
      leaderboardId: board.id,
      cadence: 'ALL_TIME',
      at: null,
      range: { kind: 'around', playerId, limit: 5 },
      dense: true,
    },
    {
      leaderboardId: board.id,
      cadence: 'ALL_TIME',
      at: null,
      range: { kind: 'players', playerIds: [playerId] },
      dense: true,
    },
  ]);

test('questions of many players that come together share their statements, and each is answered as if alone', async () => {
  const boards = [await store.newBoard(), await store.newBoard({ sortOrder: 'ASCENDING' })] as const;
  for (const board of boards) {
    await submitAll(board, (index) => index % 4);
    await store.settled(board.id);
  }
  const asked = players.flatMap((playerId) => boards.map((board) => [board, playerId] as const));
  const alone = [];
  for (const [board, playerId] of asked) alone.push(await aroundPlayer(board, playerId));
  const statements = vi.spyOn(store.database, 'rows');
  const together = await Promise.all(asked.map(([board, playerId]) => aroundPlayer(board, playerId)));
  expect(statements.mock.calls.length).toBeLessThanOrEqual(asked.length / 10);
  statements.mockRestore();
  expect(together).toEqual(alone);
  expect(new Set(together.flat().map(({ source }) => source))).toEqual(new Set(['redis']));
});

test('an answer that is shared holds what was committed before it was asked for', async () => {
  const board = await store.newBoard({ operator: 'SUM' });
  await submitAll(board, () => 1);
  await store.settled(board.id);
  const known = players.map(() => 1);
  const playAndAsk = async (index: number) => {
    const playerId = players[index] ?? '';
    for (let turn = 0; turn < 8; turn += 1) {
      await store.submitter.submit(play(board, playerId, 1));
      const least = (known[index] ?? 0) + 1;
      known[index] = least;
      const [around, own] = await aroundPlayer(board, playerId);
      expect(own?.rows[0]?.score).toBe(least);
      expect(around?.rows.find(({ player }) => player.id === playerId)?.score).toBe(least);
      expect(around?.revision).toBe(own?.revision);
    }
  };
  await Promise.all(players.map((_id, index) => playAndAsk(index)));
});
