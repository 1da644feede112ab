import { type SQL, sql } from 'drizzle-orm';
import type { PageKey } from '../domain/page.ts';

/** `and` what comes after a row in a list ordered by these two columns, latest first. */
export function afterKey(columns: SQL, key: PageKey | null): SQL {
  return key ? sql`and (${columns}) < (${key.at.toISOString()}::timestamptz, ${key.id}::uuid)` : sql``;
}
