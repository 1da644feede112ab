import { sql } from 'drizzle-orm';
import type { Queryable } from './open.ts';

/** Part of a transaction: when it throws, what it wrote is undone, and the transaction can go on. */
export async function inSavepoint<T>(tx: Queryable, work: () => Promise<T>): Promise<T> {
  await tx.rows(sql`savepoint part`);
  try {
    const result = await work();
    await tx.rows(sql`release savepoint part`);
    return result;
  } catch (error) {
    await tx.rows(sql`rollback to savepoint part`);
    throw error;
  }
}
