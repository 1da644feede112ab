import { sql } from 'drizzle-orm';
import type { Queryable } from '../open.ts';
import { tournamentEnd } from './tournamentState.ts';

/** The ids of the tournaments that are due for settlement, in the order of their ends. Agrees with `isDue`. */
export async function listDueTournaments(database: Queryable): Promise<string[]> {
  const rows = await database.rows<{ id: string }>(sql`
    select t.id from tournaments t
    where t.settled_at is null and t.cancelled_at is null
      and ${tournamentEnd} + make_interval(secs => t.grace_s) <= date_trunc('milliseconds', clock_timestamp())
    order by ${tournamentEnd}, t.id`);
  return rows.map(({ id }) => id);
}
