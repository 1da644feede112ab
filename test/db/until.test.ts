import { sql } from 'drizzle-orm';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Database, openDatabase, type Queryable } from '../../src/db/open.ts';
import { cloneDatabase } from '../setup/database.ts';

const TIMED_OUT = { code: 'TIMED_OUT' };
const BACK = { timeout: 1_000, interval: 5 };

let url: string;
let watcher: postgres.Sql;
beforeAll(async () => {
  url = await cloneDatabase();
  watcher = postgres(url, { max: 1 });
});
afterAll(() => watcher.end());

/** With one connection, whoever does not give it back is seen by the next who asks. */
async function withDatabase(work: (database: Database) => Promise<void>): Promise<void> {
  const database = await openDatabase({ databaseUrl: url, poolSize: 1 });
  await work(database);
  expect(await database.rows(sql`select 'free' as pool`)).toEqual([{ pool: 'free' }]);
  await database.close();
}

/** How many statements with this mark run now. */
async function running(mark: string): Promise<number> {
  const [row] = await watcher<{ count: number }[]>`
    select count(*)::int as count from pg_stat_activity
    where state = 'active' and pid <> pg_backend_pid() and query like ${`%${mark}%`}`;
  return row?.count ?? 0;
}

const errorOf = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => error,
  );

/** Takes the connection, until the returned function is called. */
async function holdConnection(database: Database): Promise<() => Promise<void>> {
  const [begun, over] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const held = database.transaction(() => {
    begun.resolve();
    return over.promise;
  });
  await begun.promise;
  return () => {
    over.resolve();
    return held;
  };
}

/** Takes 1.5 s, less than a statement may. */
const sleep = (database: Queryable, mark: string) =>
  database.rows(sql`select pg_sleep(1.5), ${mark} as mark, ${sql.raw(`'${mark}'`)}`);

test('a statement that nobody waits for any more ends in the database', () =>
  withDatabase(async (database) => {
    const abandonment = new AbortController();
    const result = errorOf(sleep(database.until(abandonment.signal), 'left'));
    await expect.poll(() => running('left'), BACK).toBe(1);
    abandonment.abort();
    await expect.poll(() => running('left'), BACK).toBe(0);
    expect(await result).toMatchObject(TIMED_OUT);
  }));

test('so does one in a transaction, which is rolled back', () =>
  withDatabase(async (database) => {
    const abandonment = new AbortController();
    const work = database.until(abandonment.signal).transaction((tx) => sleep(tx, 'rolled'));
    const result = errorOf(work);
    await expect.poll(() => running('rolled'), BACK).toBe(1);
    abandonment.abort();
    expect(await result).toMatchObject(TIMED_OUT);
    expect(await running('rolled')).toBe(0);
  }));

test('what waits for a connection meanwhile has no answer, and what comes later is not asked', () =>
  withDatabase(async (database) => {
    const abandonment = new AbortController();
    const reads = database.until(abandonment.signal);
    const giveBack = await holdConnection(database);
    const waiting = errorOf(reads.rows(sql`select 1`));
    abandonment.abort();
    await giveBack();
    expect(await waiting).toMatchObject(TIMED_OUT);
    await expect(reads.rows(sql`select 1`)).rejects.toMatchObject(TIMED_OUT);
  }));

test('what is sent behind the statement of somebody else is cancelled without touching that', () =>
  withDatabase(async (database) => {
    const abandonment = new AbortController();
    const first = database.rows<{ mark: string }>(sql`select pg_sleep(0.4), 'first' as mark`);
    const left = errorOf(sleep(database.until(abandonment.signal), 'behind'));
    const last = database.rows<{ mark: string }>(sql`select 'last' as mark`);
    await expect.poll(() => running('first'), BACK).toBe(1);
    abandonment.abort();
    expect(await first).toMatchObject([{ mark: 'first' }]);
    expect(await left).toMatchObject(TIMED_OUT);
    expect(await last).toEqual([{ mark: 'last' }]);
  }));

test('a statement that the cancellation of another one has hit is run again', () =>
  withDatabase(async (database) => {
    const result = database.rows<{ mark: string }>(sql`select pg_sleep(0.3), 'stray' as mark`);
    await expect.poll(() => running('stray'), BACK).toBe(1);
    await watcher`select pg_cancel_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and query like '%stray%'`;
    expect(await result).toMatchObject([{ mark: 'stray' }]);
  }));

test(
  'nothing waits for a connection without an end',
  () =>
    withDatabase(async (database) => {
      const giveBack = await holdConnection(database);
      const startedAt = performance.now();
      const waiting = [
        database.rows(sql`select 1`),
        database.transaction((tx) => tx.rows(sql`select 1`)),
        database.orm.execute(sql`select 1`),
      ];
      const outcomes = await Promise.allSettled(waiting);
      expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
      expect(performance.now() - startedAt).toBeLessThan(13_000);
      await giveBack();
    }),
  30_000,
);
