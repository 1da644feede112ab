import { sql } from 'drizzle-orm';

/** When the play of `submissions s` ended: it says so itself, or ended when it was accepted. */
export const playEnd = sql`coalesce(s.played_at, s.submitted_at)`;
