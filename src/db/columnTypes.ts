import { sql } from 'drizzle-orm';
import { bigint, customType, timestamp } from 'drizzle-orm/pg-core';

/** A whole number up to 2^53−1, which is all that JSON carries exactly. */
export const int8 = (name: string) => bigint(name, { mode: 'number' });

export const bytea = customType<{ data: Uint8Array }>({ dataType: () => 'bytea' });

/** A moment to the millisecond, as clients see it. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'date' });

export const createdAt = () =>
  instant('created_at')
    .notNull()
    .default(sql`clock_timestamp()`);
