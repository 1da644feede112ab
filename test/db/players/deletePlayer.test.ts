import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { deletePlayer } from '../../../src/db/players/deletePlayer.ts';
import { type Database, openDatabase } from '../../../src/db/open.ts';
import { insertSession, readEnded, revokeSessions } from '../../../src/db/players/sessions.ts';
import { NotFoundError } from '../../../src/domain/errors.ts';
import { createDeletePlayer } from '../../../src/leaderboards/deletePlayer.ts';
import { createSubmitter } from '../../../src/leaderboards/submit.ts';
import { verify } from '../../../src/verify/verify.ts';
import { type BoardStore, openBoardStore } from '../../setup/boards.ts';

let store: BoardStore;
/** Another process. */
let other: Database;
beforeAll(async () => {
  store = await openBoardStore();
  other = await openDatabase({ databaseUrl: store.databaseUrl });
});
afterAll(() => Promise.all([store.database.close(), other.close()]));

const CADENCES = ['ALL_TIME', 'DAILY', 'WEEKLY', 'MONTHLY'] as const;

async function newPlayer(): Promise<string> {
  const [id = ''] = await store.newPlayers(1);
  return id;
}

function submit(playerId: string, leaderboardId: string, score: number, idempotencyKey: string = randomUUID()) {
  return store.submitter.submit({ playerId, leaderboardId, score, idempotencyKey, metadata: null });
}

async function signIn(playerId: string, database = store.database): Promise<string | null> {
  const id = randomUUID();
  return (await insertSession(database, { id, playerId, expiresAt: new Date(Date.now() + 60_000) })) ? id : null;
}

/** How many rows of each kind are a player's. */
async function leftOf(playerId: string) {
  const [left] = await store.database.rows<Record<string, number>>(sql`
    select (select count(*) from submissions where player_id = ${playerId}) as submissions,
      (select count(*) from entries where player_id = ${playerId}) as entries,
      (select count(*) from player_statistics where player_id = ${playerId}) as statistics,
      (select count(*) from sessions where player_id = ${playerId}) as sessions`);
  return left;
}

const NOTHING = { submissions: 0, entries: 0, statistics: 0, sessions: 0 };

async function periodsOf(leaderboardId: string) {
  return store.database.rows<{ id: number; size: number; revision: number }>(
    sql`select id, size, revision from board_periods where leaderboard_id = ${leaderboardId} order by id`,
  );
}

async function expectNoDifference(): Promise<void> {
  expect((await verify(store.database)).differences).toEqual([]);
}

test('nothing is left of a player but that there was one', async () => {
  const [board, elsewhere] = [await store.newBoard({ cadences: [...CADENCES] }), await store.newBoard()];
  const [ada, bea] = [await newPlayer(), await newPlayer()];
  for (const player of [ada, bea]) {
    for (const score of [5, 3, 9]) await submit(player, board.id, score);
    await submit(player, elsewhere.id, 1);
    await signIn(player);
  }
  const before = await leftOf(bea);
  await store.database.rows(sql`update players set device_hash = 'device', country = 'FI' where id = ${ada}`);

  const deletion = await deletePlayer(store.database, ada);
  expect(await leftOf(ada)).toEqual(NOTHING);
  expect(await leftOf(bea)).toEqual(before);
  const [row] = await store.database.rows(
    sql`select device_hash, country, nickname, deleted_at from players where id = ${ada}`,
  );
  expect(row).toEqual({
    device_hash: null,
    country: null,
    nickname: 'Deleted player',
    deleted_at: deletion?.deletedAt,
  });
  await expectNoDifference();
});

test('each period that loses an entry gets its next revision and one entry less, and is told', async () => {
  const [board, untouched] = [await store.newBoard({ cadences: [...CADENCES] }), await store.newBoard()];
  const [ada, bea] = [await newPlayer(), await newPlayer()];
  for (const player of [ada, bea]) await submit(player, board.id, 5);
  await submit(bea, untouched.id, 5);
  const [before, untouchedBefore] = [await periodsOf(board.id), await periodsOf(untouched.id)];

  const deletion = await deletePlayer(store.database, ada);
  const after = await periodsOf(board.id);
  expect(after.map(({ size }) => size)).toEqual([1, 1, 1, 1]);
  for (const [index, { revision }] of after.entries()) {
    expect(revision).toBeGreaterThan(before[index]?.revision ?? Infinity);
  }
  expect(deletion?.changes.toSorted((a, b) => a.periodId - b.periodId)).toMatchObject(
    after.map(({ id, revision }, index) => ({
      leaderboardId: board.id,
      periodId: id,
      fromRevision: before[index]?.revision,
      toRevision: revision,
      entries: [],
      removed: [ada],
    })),
  );
  expect(await periodsOf(untouched.id)).toEqual(untouchedBefore);
});

test('revisions never pass the numbers of the log, by which the next period starts', async () => {
  const board = await store.newBoard();
  const players = await store.newPlayers(20);
  await Promise.all(players.map((player) => submit(player, board.id, 5)));
  for (const player of players.slice(1)) await deletePlayer(store.database, player);
  const [period] = await periodsOf(board.id);
  const [first = ''] = players;
  expect(await submit(first, board.id, 6)).toMatchObject({ outcome: 'IMPROVED' });
  const [log] = await store.database.rows<{ seq: number }>(
    sql`select max(seq) as seq from submissions where player_id = ${first}`,
  );
  expect(log?.seq).toBeGreaterThan(period?.revision ?? Infinity);
});

test('deleting again answers the same and changes nothing', async () => {
  const board = await store.newBoard();
  const [ada, bea] = [await newPlayer(), await newPlayer()];
  for (const player of [ada, bea]) await submit(player, board.id, 5);
  const answers = await Promise.all([store.database, other].map((database) => deletePlayer(database, ada)));
  const periods = await periodsOf(board.id);
  answers.push(await deletePlayer(store.database, ada));
  expect(new Set(answers.map((answer) => answer?.deletedAt.getTime())).size).toBe(1);
  expect(answers.filter((answer) => answer?.changes.length).length).toBe(1);
  expect(await periodsOf(board.id)).toEqual(periods);
  expect(periods.map(({ size }) => size)).toEqual([1]);
});

test('a player who never was cannot be deleted', async () => {
  expect(await deletePlayer(store.database, randomUUID())).toBeNull();
});

test('a player without a score is deleted as well', async () => {
  const ada = await newPlayer();
  await signIn(ada);
  expect(await deletePlayer(store.database, ada)).toMatchObject({ changes: [], outboxId: null });
  expect(await leftOf(ada)).toEqual(NOTHING);
});

test('a deleted player’s submissions are refused, also those whose key was used before', async () => {
  const board = await store.newBoard();
  const ada = await newPlayer();
  await submit(ada, board.id, 5, 'before');
  await deletePlayer(store.database, ada);
  for (const key of ['before', 'after']) {
    expect(await submit(ada, board.id, 5, key)).toEqual(new NotFoundError('There is no such player.'));
  }
  expect(await leftOf(ada)).toEqual(NOTHING);
});

test('a submission whose player was deleted before its ranks were read has no standings', async () => {
  const board = await store.newBoard();
  const [ada, bea] = [await newPlayer(), await newPlayer()];
  const submitted = await Promise.all([ada, bea].map((player) => submit(player, board.id, 5)));
  await deletePlayer(store.database, ada);
  const standings = submitted.map(async (result) =>
    result instanceof Error ? null : store.submitter.standingsAfter(result, true),
  );
  expect(await Promise.all(standings)).toMatchObject([
    { standings: [], previousRank: null },
    { standings: [{ ranks: { ordinal: 1, dense: 1 } }] },
  ]);
});

test('a deletion amid submissions of the player to two processes leaves nothing, and others’ scores alone', async () => {
  const board = await store.newBoard({ operator: 'SUM', cadences: [...CADENCES] });
  const submitters = [store.submitter, createSubmitter(other, () => {})];
  const unheard = { ended: () => {}, committed: () => {} };
  const deleteOne = createDeletePlayer(other, { isMirrored: false, ...unheard });
  for (let round = 0; round < 10; round += 1) {
    const [ada, bea] = [await newPlayer(), await newPlayer()];
    await submit(ada, board.id, 1);
    const submitted = Array.from({ length: 20 }, async (_, index) => {
      if (index === 10) await deleteOne(ada);
      const submitter = submitters[index % 2];
      const of = { leaderboardId: board.id, score: 1, idempotencyKey: `${round} ${index}`, metadata: null };
      return Promise.all([ada, bea].map(async (playerId) => submitter?.submit({ ...of, playerId })));
    });
    for (const [adas, beas] of await Promise.all(submitted)) {
      const verdict = adas instanceof Error ? adas : 'accepted';
      expect(['accepted', new NotFoundError('There is no such player.')]).toContainEqual(verdict);
      expect(beas).toMatchObject({ outcome: 'IMPROVED' });
    }
    expect(await leftOf(ada)).toEqual(NOTHING);
    expect(await leftOf(bea)).toMatchObject({ submissions: 20 });
  }
  await expectNoDifference();
});

test('a submission that waits for a deletion is refused after it', async () => {
  const board = await store.newBoard();
  const ada = await newPlayer();
  let result: Promise<unknown> | undefined;
  await other.transaction(async (tx) => {
    // As a deletion does first.
    await tx.rows(sql`select id from players where id = ${ada} for update`);
    result = submit(ada, board.id, 5);
    await expect.poll(waiting).toBe(1);
    await tx.rows(sql`update players set deleted_at = clock_timestamp() where id = ${ada}`);
  });
  expect(await result).toBeInstanceOf(NotFoundError);
  expect(await leftOf(ada)).toEqual(NOTHING);
});

test('a sign-in that waits for a deletion makes no session', async () => {
  const ada = await newPlayer();
  let result: Promise<string | null> | undefined;
  await other.transaction(async (tx) => {
    await tx.rows(sql`select id from players where id = ${ada} for update`);
    result = signIn(ada);
    await expect.poll(waiting).toBe(1);
    await tx.rows(sql`update players set deleted_at = clock_timestamp() where id = ${ada}`);
  });
  expect(await result).toBeNull();
  expect(await leftOf(ada)).toEqual(NOTHING);
});

test('a sign-in does not wait for submissions of the player', async () => {
  const ada = await newPlayer();
  await other.transaction(async (tx) => {
    await tx.rows(sql`select id from players where id = ${ada} for no key update`);
    expect(await signIn(ada)).not.toBeNull();
  });
});

test('a player of many submissions is deleted statement by statement within their deadlines', async () => {
  const board = await store.newBoard();
  const ada = await newPlayer();
  await submit(ada, board.id, 5);
  await store.database.rows(sql`
    insert into submissions (player_id, leaderboard_id, score, idempotency_key, payload_hash, submitted_at, outcome, effect)
    select player_id, leaderboard_id, 1, 'copy ' || n, payload_hash, submitted_at, 'UNCHANGED', effect
    from submissions, generate_series(1, 20000) n where player_id = ${ada}`);
  await deletePlayer(store.database, ada);
  expect(await leftOf(ada)).toEqual(NOTHING);
  await expectNoDifference();
});

test('what has ended is read from a moment on, and everything that matters without one', async () => {
  const [ada, bea] = [await newPlayer(), await newPlayer()];
  const [phone, tablet] = [(await signIn(ada)) ?? '', (await signIn(ada)) ?? ''];
  await revokeSessions(store.database, { playerId: ada, sessionId: phone });
  const { readAt, ended } = await readEnded(other, null);
  expect(ended.map(({ id }) => id)).toContain(phone);
  expect(ended.map(({ id }) => id)).not.toContain(tablet);

  await store.database.rows(sql`update sessions set revoked_at = revoked_at - interval '1 hour' where id = ${phone}`);
  await deletePlayer(store.database, bea);
  const later = await readEnded(other, readAt);
  expect(later.ended.map(({ id }) => id)).toContain(bea);
  expect(later.ended.map(({ id }) => id)).not.toContain(phone);
  expect(later.readAt.getTime()).toBeGreaterThanOrEqual(readAt.getTime());
});

test('only the player’s own session can be revoked, by whatever id', async () => {
  const [ada, bea] = [await newPlayer(), await newPlayer()];
  const phone = await signIn(ada);
  expect(await revokeSessions(store.database, { playerId: bea, sessionId: phone })).toEqual([]);
  expect(await revokeSessions(store.database, { playerId: ada, sessionId: 'no uuid at all' })).toEqual([]);
  expect(await revokeSessions(store.database, { playerId: ada, sessionId: phone })).toMatchObject([{ id: phone }]);
});

/** How many statements wait for a lock. */
async function waiting(): Promise<number | undefined> {
  const [row] = await store.database.rows<{ count: number }>(
    sql`select count(*) as count from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`,
  );
  return row?.count;
}
