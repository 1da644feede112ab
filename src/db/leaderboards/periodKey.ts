import { type SQL, sql } from 'drizzle-orm';
import { ALL_TIME_KEY, type Cadence, CADENCES, periodAt } from '../../domain/leaderboards/period.ts';

/** `to_char` patterns that write what `periodAt` calls the key. */
export const PERIOD_KEY_FORMATS = { DAILY: 'YYYY-MM-DD', WEEKLY: 'IYYY-"W"IW', MONTHLY: 'YYYY-MM' };

/** Whether `board_periods p` is present by the database's clock. */
export const isPresent = sql`(p.cadence, p.key) in (${sql.join(
  CADENCES.map((cadence) => sql`(${cadence}::cadence, ${periodKey(cadence, null)})`),
  sql`, `,
)})`;

/** The key of the period that contains `at`, or the present by the database's clock. Agrees with `periodAt`. */
export function periodKey(cadence: Cadence, at: Date | null): SQL {
  if (at) return sql`${periodAt(cadence, at).key}::text`;
  if (cadence === 'ALL_TIME') return sql`${ALL_TIME_KEY}::text`;
  return sql`to_char(clock_timestamp() at time zone 'UTC', ${PERIOD_KEY_FORMATS[cadence]}::text)`;
}
