import { sql } from 'drizzle-orm';
import type { Database, Queryable } from './open.ts';

/** Runs `work` on one unchanging state of the whole database, however long it takes and whatever is written meanwhile. */
export async function inSnapshot<T>(database: Database, work: (snapshot: Queryable) => Promise<T>): Promise<T> {
  return database.transaction(async (tx) => {
    await tx.rows(sql`set transaction isolation level repeatable read read only`);
    return work(tx);
  });
}
