import { sql } from 'drizzle-orm';
import type { Queryable } from './open.ts';

/** The moment, to the millisecond, by the clock that everybody goes by. */
export async function readClock(database: Queryable): Promise<Date> {
  const [row] = await database.rows<{ now: Date }>(sql`select date_trunc('milliseconds', clock_timestamp()) as now`);
  if (!row) throw new Error('the database has no clock');
  return row.now;
}
