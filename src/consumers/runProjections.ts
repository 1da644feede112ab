import { createWarning } from '../async/warning.ts';
import { createWorkLoop } from '../async/workLoop.ts';
import type { EventLog } from '../db/events/eventLog.ts';
import type { Database } from '../db/open.ts';
import type { Log } from '../log.ts';
import { applyEvents } from './applyEvents.ts';
import type { Projection } from './projection.ts';
import { retryFailures } from './retryFailures.ts';

/** Before the second, third and fourth attempt at an event that fails. */
const PAUSES_MS = [2_000, 4_000, 8_000] as const;
const LOOK_MS = 500;

/** Brings projections the events of the log, and what has failed once more, until it is stopped. */
export function runProjections(options: {
  database: Database;
  eventLog: Pick<EventLog, 'read'>;
  projections: Projection[];
  log: Pick<Log, 'error' | 'warn'>;
  pausesMs?: readonly number[];
}): () => Promise<void> {
  const { database, eventLog, projections, log, pausesMs = PAUSES_MS } = options;
  const stops = projections.flatMap((projection) => {
    const reader = eventLog.read(projection.name, (tx, events) =>
      applyEvents(tx, events, { projection, firstPauseMs: pausesMs[0] ?? 0 }),
    );
    const warning = createWarning(log, `trying events again for ${projection.name} failed`);
    const retries = createWorkLoop({
      everyMs: LOOK_MS,
      failed: (error) => warning.failed(error),
      work: async (isStopping) => {
        const dead = await retryFailures(database, projection, { pausesMs, isStopping });
        warning.worked();
        for (const eventId of dead) log.error({ eventId, projection: projection.name }, 'gave an event up');
      },
    });
    return [() => reader.stop(), () => retries.stop()];
  });
  return async () => {
    await Promise.all(stops.map((stop) => stop()));
  };
}
