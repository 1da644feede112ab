import { type SQL, sql } from 'drizzle-orm';

/** The first moment after `tournaments t`. Agrees with `endOf`. */
export const tournamentEnd = sql`least(t.ends_at, t.ended_at)`;

/** The state of `tournaments t` at a moment. Agrees with `stateOf`. */
export const tournamentState = (now: SQL) => sql`case
  when t.cancelled_at is not null then 'CANCELLED'
  when t.settled_at is not null then 'SETTLED'
  when ${now} < t.starts_at then 'SCHEDULED'
  when ${now} < ${tournamentEnd} then 'OPEN'
  else 'ENDED' end`;
