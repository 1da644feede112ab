import type { Database } from '../db/open.ts';
import { findPeriod } from '../db/leaderboards/periods.ts';
import type { PeriodRef } from '../domain/leaderboards/periodChange.ts';
import type { CopyReader } from '../redis/copyReader.ts';

/**
 * `current`: as new as PostgreSQL, or absent where there is nothing to copy. `behind`: it has an older revision and may be about
 * to follow. `unusable`: missing, damaged or of another history, so it does not follow by itself.
 */
export type CopyState = { is: 'current' | 'unusable' } | { is: 'behind'; revision: number };

export async function readCopyState(
  { database, copyReader }: { database: Database; copyReader: CopyReader },
  period: PeriodRef,
): Promise<CopyState> {
  // In this order: a copy that is ahead of what was read after it is of another history.
  const copy = await copyReader.players(period, []);
  const stored = await findPeriod(database, period);
  if (!stored) return { is: copy === 'missing' ? 'current' : 'unusable' };
  if (typeof copy === 'string' || copy.revision > stored.revision) return { is: 'unusable' };
  return copy.revision === stored.revision ? { is: 'current' } : { is: 'behind', revision: copy.revision };
}
