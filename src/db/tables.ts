import { pgTable, text } from 'drizzle-orm/pg-core';
import { instant } from './columnTypes.ts';

/** A row says when a piece of work that the clock makes due was last begun, so that of many instances one begins it. */
export const jobRuns = pgTable('job_runs', {
  name: text('name').primaryKey(),
  startedAt: instant('started_at').notNull(),
});
