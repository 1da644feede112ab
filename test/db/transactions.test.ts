import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { openDatabase } from '../../src/db/open.ts';
import { cloneDatabase } from '../setup/database.ts';

test.for([198, 199, 200, 300])(
  'a transaction that begins behind %i statements has its connection to itself',
  async (statements) => {
    const database = await openDatabase({ databaseUrl: await cloneDatabase(), poolSize: 2 });
    await database.rows(sql`create table marks (mark int)`);
    // On both connections, so that all that follows is sent behind them.
    const slow = [1, 2].map(() => database.rows(sql`select pg_sleep(0.2)`));
    const before = Array.from({ length: statements }, () => database.rows(sql`select 1`));
    const begun = [1, 2].map((mark) => database.transaction((tx) => tx.rows(sql`insert into marks values (${mark})`)));
    const rolledBack = [3, 4].map((mark) =>
      database
        .transaction(async (tx) => {
          await tx.rows(sql`insert into marks values (${mark})`);
          throw new Error('no');
        })
        .catch((error: Error) => error.message),
    );
    const after = [5, 6, 7].map((mark) => database.rows(sql`insert into marks values (${mark})`));
    const outcomes = await Promise.allSettled([...slow, ...before, ...begun, ...after]);
    expect(outcomes.filter(({ status }) => status === 'rejected')).toEqual([]);
    expect(await Promise.all(rolledBack)).toEqual(['no', 'no']);
    expect(await database.rows(sql`select mark from marks order by mark`)).toEqual(
      [1, 2, 5, 6, 7].map((mark) => ({ mark })),
    );
    await database.close();
  },
);
