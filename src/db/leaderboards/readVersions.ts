import { sql } from 'drizzle-orm';
import type { Cadence } from '../../domain/leaderboards/period.ts';
import type { Queryable } from '../open.ts';
import { recordset } from '../recordset.ts';
import { PERIOD_KEY_FORMATS } from './periodKey.ts';

/** A period of a board. `key` is null for the one that is present by the database's clock. */
export type VersionedPeriod = { leaderboardId: string; cadence: Cadence; key: string | null };

/**
 * What tells one state of a board's row and a period from every other, in the order of what was asked: while it stays the same,
 * so do they. Null for a period that nobody stands in. One statement of look-ups by key.
 */
export async function readVersions(database: Queryable, asked: VersionedPeriod[]): Promise<(string | null)[]> {
  const present = (cadence: keyof typeof PERIOD_KEY_FORMATS) =>
    sql`when ${cadence} then to_char(clock_timestamp() at time zone 'UTC', ${PERIOD_KEY_FORMATS[cadence]}::text)`;
  const rows = await database.rows<{ n: number; version: string | null }>(sql`
    select x.n, l.xmin::text || ' ' || p.id || ' ' || p.revision as version
    from ${recordset(
      { n: 'int', leaderboardId: 'uuid', cadence: 'cadence', key: 'text' },
      asked.map((period, n) => ({ ...period, n })),
    )}
    cross join lateral (
      select p.id, p.revision from board_periods p
      where p.leaderboard_id = x."leaderboardId" and p.cadence = x.cadence and p.size > 0 and p.key = coalesce(
        x.key, case x.cadence ${present('DAILY')} ${present('WEEKLY')} ${present('MONTHLY')} else 'ALL' end)) p
    join leaderboards l on l.id = x."leaderboardId"`);
  const versions = new Map(rows.map(({ n, version }) => [n, version]));
  return asked.map((_period, n) => versions.get(n) ?? null);
}
