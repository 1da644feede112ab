import { sql } from 'drizzle-orm';
import type { Database, Queryable } from '../open.ts';

/**
 * The present month and the next two: a server that is away for as long finds a table for what it is sent. And the one
 * before, for what came to Kafka then.
 */
const MONTHS_BEFORE = 1;
const MONTHS_AFTER = 2;

type Month = { name: string; from: string; to: string; isThere: boolean };

/** Makes the tables of the months that are to come, as far as they are missing. May be repeated, by several at once. */
export async function makePartitions(database: Database): Promise<void> {
  if ((await readMonths(database)).every(({ isThere }) => isThere)) return;
  await database.transaction(async (tx) => {
    await tx.rows(sql`select pg_advisory_xact_lock(hashtext('laurel event partitions'))`);
    for (const month of await readMonths(tx)) if (!month.isThere) await makePartition(tx, month);
  });
}

/** Half-open months in UTC, by the database's clock. */
async function readMonths(database: Queryable): Promise<Month[]> {
  return database.rows<Month>(sql`
    select name, to_regclass(name) is not null as "isThere",
      to_char(month, 'YYYY-MM-DD') as "from", to_char(month + interval '1 month', 'YYYY-MM-DD') as "to"
    from generate_series(${-MONTHS_BEFORE}::int, ${MONTHS_AFTER}::int) as n
    cross join lateral (
      select date_trunc('month', clock_timestamp() at time zone 'UTC') + n * interval '1 month' as month) m
    cross join lateral (select to_char(month, '"events_"YYYY_MM') as name) t`);
}

/** Made apart and then attached: a partition that is created in its place locks the log against everybody. */
async function makePartition(tx: Queryable, { name, from, to }: Month): Promise<void> {
  await tx.rows(sql`create table ${sql.identifier(name)} (like events including all)`);
  await tx.rows(sql`
    alter table events attach partition ${sql.identifier(name)}
    for values from (${sql.raw(`'${from} 00:00:00+00'`)}) to (${sql.raw(`'${to} 00:00:00+00'`)})`);
}
