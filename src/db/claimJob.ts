import { sql } from 'drizzle-orm';
import type { Queryable } from './open.ts';

/**
 * True for one caller of all instances, when the last claim of this name lies `everyMs` back. By the database's clock, so
 * work that came due while nobody ran is claimed at the first asking.
 */
export async function claimJob(database: Queryable, name: string, everyMs: number): Promise<boolean> {
  const rows = await database.rows(sql`
    insert into job_runs as j (name, started_at) values (${name}, clock_timestamp())
    on conflict (name) do update set started_at = excluded.started_at
      where j.started_at <= excluded.started_at - ${everyMs}::int8 * interval '1 millisecond'
    returning name`);
  return rows.length > 0;
}

/** The same once a day, at or after an hour in UTC. */
export async function claimDailyJob(database: Queryable, name: string, hourUtc: number): Promise<boolean> {
  const rows = await database.rows(sql`
    insert into job_runs as j (name, started_at)
    select ${name}, clock_timestamp() where extract(hour from clock_timestamp() at time zone 'UTC') >= ${hourUtc}::int
    on conflict (name) do update set started_at = excluded.started_at
      where (j.started_at at time zone 'UTC')::date < (excluded.started_at at time zone 'UTC')::date
    returning name`);
  return rows.length > 0;
}
