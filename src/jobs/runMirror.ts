import { claimDailyJob, claimJob } from '../db/claimJob.ts';
import { describeError, type Log } from '../log.ts';
import type { Database } from '../db/open.ts';
import type { Mirroring } from '../mirror/openStandings.ts';
import { RedisAwayError } from '../redis/connection.ts';
import { repeat, type StopRepeating } from '../async/repeat.ts';

/** A dead process's changes are mirrored, and an emptied Redis is noticed, within a few of these. */
const TICK_MS = 1_000;
const DUE_CHECK_MS = 10_000;

/**
 * Looks after the copies in Redis: every second what was left behind and what does not follow; on workers, by the clock,
 * what has drifted, and once a day a rebuild of all. Of many workers one does what comes by the clock.
 */
export function runMirror(options: {
  database: Database;
  mirroring: Mirroring;
  isWorker: boolean;
  driftCheckMs: number;
  rebuildHourUtc: number;
  log: Pick<Log, 'warn'>;
}): StopRepeating {
  const { database, mirroring, isWorker, driftCheckMs, rebuildHourUtc, log } = options;
  const failed = (error: unknown) => {
    if (!(error instanceof RedisAwayError))
      log.warn({ error: describeError(error) }, 'upkeep of the copies in Redis failed');
  };
  const followUp = async () => {
    await mirroring.keeper.check();
    await mirroring.mirror.sweep();
  };
  const runDue = async () => {
    if (await claimJob(database, 'mirror drift', driftCheckMs)) await mirroring.drift.checkAll();
    if (await claimDailyJob(database, 'mirror rebuild', rebuildHourUtc)) await mirroring.drift.rebuildAll();
  };
  const stops = [repeat(followUp, { everyMs: TICK_MS, failed })];
  if (isWorker) stops.push(repeat(runDue, { everyMs: Math.min(DUE_CHECK_MS, driftCheckMs), failed }));
  return async () => {
    await Promise.all(stops.map((stop) => stop()));
  };
}
