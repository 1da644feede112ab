import { describeError, type Log } from '../log.ts';
import type { Database } from '../db/open.ts';
import { findPeriod } from '../db/leaderboards/periods.ts';
import { type PeriodRef, periodName } from '../domain/leaderboards/periodChange.ts';
import type { Copies } from '../redis/copies.ts';
import type { CopyReader } from '../redis/copyReader.ts';
import { rebuildCopy, type RebuiltCopy } from './rebuildCopy.ts';

/** A copy that is behind may be about to follow; one that is missing, damaged or of another history is not. */
export type Doubt = 'behind' | 'unusable';

/** Sees to it that the copies that are used exist and follow. */
export type CopyKeeper = {
  /** The copy of this period is in use. */
  used(period: PeriodRef): void;
  /** The copy of this period could not be used: it is looked after soon, or at once when it is unusable. */
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
  ranks: CopyReader;
  log: Pick<Log, 'info' | 'warn'>;
}): CopyKeeper {
  const { database, copies, ranks, log } = options;
  const inUse = new Map<string, PeriodRef>();
  /** With the revision that the copy had at the last look. */
  const doubts = new Map<string, { period: PeriodRef; revision: number | null }>();
  const waiting = new Map<string, PeriodRef>();
  let running: Promise<void> | null = null;
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

  const runAll = async () => {
    for (let [next] = waiting; next; [next] = waiting) {
      const [name, period] = next;
      waiting.delete(name);
      try {
        if ((await stateOf(period)) === 'follows') continue;
        if (!(await rebuild(period))) doubtLater(period);
      } catch (error) {
        doubtLater(period);
        log.warn({ copy: name, error: describeError(error) }, 'a copy could not be rebuilt; it is tried again');
      }
    }
    running = null;
  };

  const request = (period: PeriodRef) => {
    waiting.set(periodName(period), period);
    running ??= runAll();
  };

  const doubtLater = (period: PeriodRef) => {
    const name = periodName(period);
    if (doubts.size < DOUBTS_MAX && !doubts.has(name)) doubts.set(name, { period, revision: null });
  };

  const stateOf = async (period: PeriodRef): Promise<number | 'follows' | 'unusable'> => {
    // In this order: a copy that is ahead of what was read after it is of another history.
    const copy = await ranks.players(period, []);
    const stored = await findPeriod(database, period);
    if (!stored) return copy === 'missing' ? 'follows' : 'unusable';
    if (typeof copy === 'string' || copy.revision > stored.revision) return 'unusable';
    return copy.revision === stored.revision ? 'follows' : copy.revision;
  };

  const settleDoubts = async () => {
    for (const [name, doubt] of doubts) {
      const state = await stateOf(doubt.period);
      if (typeof state !== 'number') doubts.delete(name);
      if (state === 'unusable' || state === doubt.revision) request(doubt.period);
      if (typeof state === 'number') doubt.revision = state;
    }
  };

  return {
    used: (period) => {
      const name = periodName(period);
      inUse.delete(name);
      inUse.set(name, period);
      const [oldest] = inUse.keys();
      if (inUse.size > USED_MAX && oldest !== undefined) inUse.delete(oldest);
    },
    doubt: (period, why) => (why === 'unusable' ? request(period) : doubtLater(period)),
    check: async () => {
      const present = await copies.epoch();
      if (epoch !== null && epoch !== present) {
        log.warn({ copies: inUse.size }, 'Redis was emptied; its copies are rebuilt');
        inUse.forEach(request);
      }
      epoch = present;
      await settleDoubts();
    },
    rebuild,
    drained: async () => {
      while (running) await running;
    },
    rebuilds: () => rebuilds,
  };
}
