import type { Log } from '../log.ts';
import type { Database } from '../db/open.ts';
import { listPresentPeriods } from '../db/leaderboards/periods.ts';
import { type PeriodRef, periodName } from '../domain/leaderboards/periodChange.ts';
import type { CopyReader } from '../redis/copyReader.ts';
import { compareCopy, type CopyComparison } from './compareCopy.ts';
import type { CopyKeeper } from './copyKeeper.ts';

/** Finds where the copies in Redis disagree with PostgreSQL, and repairs them. */
export type Drift = {
  /** Compares and, where there is a difference, rebuilds. */
  check(period: PeriodRef): Promise<CopyComparison>;
  /** The same for the present periods of all boards. */
  checkAll(): Promise<void>;
  /** Rebuilds all copies of present periods, whatever they are like. */
  rebuildAll(): Promise<void>;
  /** How many differences have been found, and how many were found the last time. */
  found(): { total: number; last: number };
};

export function createDrift(options: {
  database: Database;
  copyReader: CopyReader;
  keeper: Pick<CopyKeeper, 'doubt' | 'rebuild'>;
  log: Pick<Log, 'error'>;
}): Drift {
  const { database, copyReader, keeper, log } = options;
  /** By period, the revision that was found equal throughout: a copy that has not changed since need not be read again. */
  let equalAt = new Map<string, number>();
  let total = 0;
  let last = 0;

  const report = async ({ period, state, differences }: CopyComparison) => {
    if (state === 'BEHIND') keeper.doubt(period, 'behind');
    if (differences.length === 0) return;
    total += differences.length;
    log.error(
      { copy: periodName(period), differences: differences.length, first: differences[0] },
      'a copy has drifted',
    );
    await keeper.rebuild(period);
  };

  return {
    check: async (period) => {
      const compared = await compareCopy(options, period, { isFull: true });
      await report(compared);
      return compared;
    },
    checkAll: async () => {
      const before = total;
      const next = new Map<string, number>();
      for (const period of await listPresentPeriods(database, null)) {
        const revision = await copyReader.revision(period);
        const isFull = revision !== equalAt.get(periodName(period));
        const compared = await compareCopy(options, period, { isFull });
        await report(compared);
        if (compared.state === 'COMPARED' && compared.differences.length === 0) {
          next.set(periodName(period), compared.revision);
        }
      }
      equalAt = next;
      last = total - before;
    },
    rebuildAll: async () => {
      for (const period of await listPresentPeriods(database, null)) {
        if ((await copyReader.revision(period)) !== null) await keeper.rebuild(period);
      }
    },
    found: () => ({ total, last }),
  };
}
