import type { Log } from '../log.ts';
import type { Database } from '../db/open.ts';
import { type PeriodRef, periodName } from '../domain/leaderboards/periodChange.ts';
import type { Copies } from '../redis/copies.ts';
import type { CopyReader } from '../redis/copyReader.ts';
import { type CopyState, readCopyState } from './readCopyState.ts';
import { rebuildCopy, type RebuiltCopy } from './rebuildCopy.ts';
import { createRebuildQueue } from './rebuildQueue.ts';

export type Doubt = Exclude<CopyState['is'], 'current'>;

/** Rebuilds copies that are in use and are not current. */
export type CopyKeeper = {
  /** The copy of this period is in use. */
  used(period: PeriodRef): void;
  /** The copy of this period could not be used: it is rebuilt at once when it is unusable, else when it does not follow. */
  doubt(period: PeriodRef, why: Doubt): void;
  /** Rebuilds what is behind and does not follow; and everything in use when Redis was emptied. Rejects while Redis is away. */
  check(): Promise<void>;
  /** Rebuilds whatever the copy is like. Null when somebody else is at it. */
  rebuild(period: PeriodRef): Promise<RebuiltCopy | null>;
  /** Resolves when no rebuild is under way or waiting. */
  drained(): Promise<void>;
  rebuilds(): number;
};

/** Those used longest ago are forgotten first, and rebuilt when they are asked for. */
const USED_MAX = 10_000;
const DOUBTS_MAX = 1_000;

export function createCopyKeeper(options: {
  database: Database;
  copies: Copies;
  copyReader: CopyReader;
  log: Pick<Log, 'info' | 'warn'>;
}): CopyKeeper {
  const { copies, log } = options;
  const inUse = createPeriodsInUse();
  /** With the revision that the copy had at the last look. */
  const doubts = new Map<string, { period: PeriodRef; revision: number | null }>();
  let epoch: string | null = null;
  let rebuilds = 0;

  const rebuild = async (period: PeriodRef) => {
    const rebuilt = await rebuildCopy(options, period);
    if (!rebuilt) return null;
    rebuilds += 1;
    const { entries, revision, durationMs } = rebuilt;
    log.info({ copy: periodName(period), entries, revision, durationMs }, 'a copy in Redis was rebuilt');
    return rebuilt;
  };
  const doubtLater = (period: PeriodRef) => {
    const name = periodName(period);
    if (doubts.size < DOUBTS_MAX && !doubts.has(name)) doubts.set(name, { period, revision: null });
  };
  const queue = createRebuildQueue({
    rebuild: async (period) =>
      (await readCopyState(options, period)).is === 'current' || (await rebuild(period)) !== null,
    onUndone: doubtLater,
    log,
  });

  const rebuildAfterFlush = async () => {
    const present = await copies.epoch();
    if (epoch !== null && epoch !== present) {
      log.warn({ copies: inUse.size() }, 'Redis was emptied; its copies are rebuilt');
      inUse.list().forEach(queue.add);
    }
    epoch = present;
  };
  /** A copy that is behind twice in a row with the same revision does not follow. */
  const settleDoubts = async () => {
    for (const [name, doubt] of doubts) {
      const state = await readCopyState(options, doubt.period);
      const isStuck = state.is === 'behind' && state.revision === doubt.revision;
      if (state.is === 'unusable' || isStuck) queue.add(doubt.period);
      if (state.is === 'behind') doubt.revision = state.revision;
      else doubts.delete(name);
    }
  };

  return {
    used: inUse.add,
    doubt: (period, why) => (why === 'unusable' ? queue.add(period) : doubtLater(period)),
    check: async () => {
      await rebuildAfterFlush();
      await settleDoubts();
    },
    rebuild,
    drained: queue.drained,
    rebuilds: () => rebuilds,
  };
}

/** The periods that were added last. */
function createPeriodsInUse() {
  const periods = new Map<string, PeriodRef>();
  return {
    add: (period: PeriodRef) => {
      const name = periodName(period);
      periods.delete(name);
      periods.set(name, period);
      const [oldest] = periods.keys();
      if (periods.size > USED_MAX && oldest !== undefined) periods.delete(oldest);
    },
    list: () => [...periods.values()],
    size: () => periods.size,
  };
}
