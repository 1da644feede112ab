import type { Cadence } from './period.ts';
import type { EntryValue } from './standingOrder.ts';

/** Names one period of one board, in any store. */
export type PeriodRef = { leaderboardId: string; cadence: Cadence; periodKey: string };

/**
 * What one transaction changed in one period. It leads from one revision to the next, and the changes of a period form a
 * chain without gaps: whoever has applied all up to a revision holds the period exactly as it was then.
 */
export type PeriodChange = PeriodRef & {
  periodId: number;
  fromRevision: number;
  toRevision: number;
  entries: (EntryValue & { playerId: string })[];
  /** Players who have no entry any more. */
  removed: string[];
};

export const periodName = ({ leaderboardId, cadence, periodKey }: PeriodRef): string =>
  `${leaderboardId}:${cadence}:${periodKey}`;
