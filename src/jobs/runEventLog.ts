import { repeat, type StopRepeating } from '../async/repeat.ts';
import { createWarning } from '../async/warning.ts';
import { makePartitions } from '../db/events/makePartitions.ts';
import type { Database } from '../db/open.ts';
import type { Log } from '../log.ts';

const TICK_MS = 60 * 60 * 1_000;

/** Makes the log's tables for the months to come, long before there is anything for them. */
export function runEventLog({ database, log }: { database: Database; log: Pick<Log, 'warn'> }): StopRepeating {
  const warning = createWarning(log, 'making the tables of the event log failed');
  const make = async () => {
    await makePartitions(database);
    warning.worked();
  };
  return repeat(make, { everyMs: TICK_MS, failed: (error) => warning.failed(error) });
}
