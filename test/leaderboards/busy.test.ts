import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { createBoardNames } from '../../src/leaderboards/boardNames.ts';
import { openDatabase } from '../../src/db/open.ts';
import { openBoardStore } from '../setup/boards.ts';

test('a submission that meets a lock for longer than one deadline is accepted when the lock is gone', async () => {
  const store = await openBoardStore();
  const other = await openDatabase({ databaseUrl: store.databaseUrl });
  const board = await store.newBoard();
  const [playerId = ''] = await store.newPlayers(1);
  const waitingFor = async () => {
    const [row] = await store.database.rows<{ count: number }>(
      sql`select count(*) as count from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`,
    );
    return row?.count;
  };
  let result: Promise<unknown> | undefined;
  await other.transaction(async (tx) => {
    await tx.rows(sql`select id from players where id = ${playerId} for update`);
    result = store.submitter.submit({
      playerId,
      leaderboardId: board.id,
      score: 5,
      idempotencyKey: 'k',
      metadata: null,
    });
    // The first try waits, is given up after its deadline, and the second one waits.
    await expect.poll(waitingFor).toBe(1);
    await expect.poll(waitingFor, { timeout: 5_000, interval: 1 }).toBe(0);
    await expect.poll(waitingFor).toBe(1);
  });
  await expect(result).resolves.toMatchObject({ outcome: 'IMPROVED', replayed: false });
  await other.close();
  await store.database.close();
});

test('a crowd that asks for one board by name shares one look-up', async () => {
  const store = await openBoardStore();
  const board = await store.newBoard();
  const [game] = await store.database.rows<{ slug: string }>(sql`select slug from games where id = ${board.gameId}`);
  let statements = 0;
  const names = createBoardNames({
    rows: (query) => {
      statements += 1;
      return store.database.rows(query);
    },
  });
  const ids = await Promise.all(Array.from({ length: 500 }, () => names.idOf(game?.slug ?? '', board.slug)));
  expect(new Set(ids)).toEqual(new Set([board.id]));
  expect(statements).toBe(1);
  expect(await names.idOf(game?.slug ?? '', 'nowhere')).toBeNull();
  await store.database.close();
});
