import { sql } from 'drizzle-orm';
import type { Queryable } from './open.ts';

/** How many migrations have been applied to this database. */
export async function countMigrations(database: Queryable): Promise<number> {
  const [table] = await database.rows<{ exists: boolean }>(
    sql`select to_regclass('drizzle.__drizzle_migrations') is not null as exists`,
  );
  if (!table?.exists) return 0;
  const [row] = await database.rows<{ count: number }>(sql`select count(*) as count from drizzle.__drizzle_migrations`);
  return row?.count ?? 0;
}
