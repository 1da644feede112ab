import { type SQL, sql } from 'drizzle-orm';
import type { Queryable } from '../../src/db/open.ts';

/** The plan that PostgreSQL stores for the last statement of `read`, on tables that it has not looked at yet. */
export async function planOf({ rows }: Queryable, read: (database: Queryable) => Promise<unknown>): Promise<string> {
  let plan = '';
  await read({
    rows: async <Row>(query: SQL) => {
      const lines = await rows<{ 'QUERY PLAN': string }>(sql`explain ${query}`);
      plan = lines.map((line) => line['QUERY PLAN']).join('\n');
      return rows<Row>(query);
    },
  });
  return plan;
}
