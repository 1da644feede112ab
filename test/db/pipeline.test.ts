import { sql } from 'drizzle-orm';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { isOutage } from '../../src/db/databaseErrors.ts';
import { type Database, openDatabase } from '../../src/db/open.ts';
import { cloneDatabase } from '../setup/database.ts';

let database: Database;
let other: Database;
beforeEach(async () => {
  const databaseUrl = await cloneDatabase();
  // One connection: a transaction that left it unusable or kept it would be noticed by the next.
  database = await openDatabase({ databaseUrl, poolSize: 1 });
  other = await openDatabase({ databaseUrl, poolSize: 1 });
  await other.rows(sql`create table marks (mark int primary key)`);
  onTestFinished(async () => {
    await database.close();
    await other.close();
  });
});

const insert = (mark: number) => sql`insert into marks values (${mark}::int)`;
const marks = async () =>
  (await other.rows<{ mark: number }>(sql`select mark from marks order by mark`)).map((r) => r.mark);

test('what is sent with the commit is kept, and seen by others only then', async () => {
  const seen = await database.pipelined(async (tx) => {
    await tx.rows(insert(1));
    const before = await marks();
    await Promise.all([tx.rows(insert(2)), tx.rows(insert(3)), tx.commit()]);
    return before;
  });
  expect(seen).toEqual([]);
  expect(await marks()).toEqual([1, 2, 3]);
});

test('a statement that fails undoes all, tells its own error, and leaves the connection to the next', async () => {
  for (let time = 0; time < 3; time += 1) {
    const failing = database.pipelined(async (tx) => {
      await Promise.all([tx.rows(insert(1)), tx.rows(sql`select 1/0`), tx.rows(insert(2)), tx.commit()]);
    });
    await expect(failing).rejects.toThrow('division by zero');
  }
  expect(await marks()).toEqual([]);
  await database.pipelined(async (tx) => {
    await Promise.all([tx.rows(insert(4)), tx.commit()]);
  });
  expect(await marks()).toEqual([4]);
});

test('transactions that share a connection and fail do not touch those that come after them', async () => {
  const transactions = Array.from({ length: 60 }, (_, mark) =>
    database.pipelined(async (tx) => {
      await tx.rows(insert(mark));
      const fails = mark % 3 === 1 ? [tx.rows(sql`select 1/0`)] : [];
      if (mark % 3 === 2) throw new Error('changed my mind');
      await Promise.all([...fails, tx.rows(insert(1_000 + mark)), tx.commit()]);
    }),
  );
  const outcomes = await Promise.allSettled(transactions);
  const kept = outcomes.flatMap(({ status }, mark) => (status === 'fulfilled' ? [mark] : []));
  expect(kept).toEqual(outcomes.flatMap((_, mark) => (mark % 3 === 0 ? [mark] : [])));
  expect(await marks()).toEqual([...kept, ...kept.map((mark) => 1_000 + mark)]);
});

test('work that throws, or ends without its commit, leaves nothing', async () => {
  const throwing = database.pipelined(async (tx) => {
    await tx.rows(insert(1));
    throw new Error('changed my mind');
  });
  await expect(throwing).rejects.toThrow('changed my mind');
  const forgetful = database.pipelined((tx) => tx.rows(insert(1)));
  await expect(forgetful).rejects.toThrow('without its commit');
  expect(await marks()).toEqual([]);
  expect(await database.rows(sql`select 1 as one`)).toEqual([{ one: 1 }]);
});

test('a connection that is cut in the middle fails the work once, and the next has another', async () => {
  const cut = database.pipelined(async (tx) => {
    const [[row]] = await Promise.all([
      tx.rows<{ pid: number }>(sql`select pg_backend_pid() as pid`),
      tx.rows(insert(1)),
    ]);
    const waiting = Promise.all([tx.rows(sql`select pg_sleep(5)`), tx.rows(insert(2)), tx.commit()]);
    await Promise.all([waiting, other.rows(sql`select pg_terminate_backend(${row?.pid ?? 0}::int)`)]);
  });
  await expect(cut).rejects.toSatisfy(isOutage);
  expect(await marks()).toEqual([]);
  // postgres.js tells the first who comes after a cut of it once more.
  await database.ping().catch(() => {});
  await database.pipelined(async (tx) => {
    await Promise.all([tx.rows(insert(3)), tx.commit()]);
  });
  expect(await marks()).toEqual([3]);
});

test('a closed database refuses at once', async () => {
  await database.close();
  await expect(database.pipelined((tx) => tx.commit())).rejects.toMatchObject({ code: 'CONNECTION_ENDED' });
});
