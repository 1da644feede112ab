import { createGroupWork } from '../../async/groupWork.ts';
import { createWarning } from '../../async/warning.ts';
import { createWorkLoop } from '../../async/workLoop.ts';
import type { NewEvent } from '../../domain/events/event.ts';
import { EVENTS, type Topics } from '../../domain/topics.ts';
import type { Log } from '../../log.ts';
import { isOutage } from '../databaseErrors.ts';
import type { Database } from '../open.ts';
import { retryBusy } from '../retryBusy.ts';
import { appendEvents } from './appendEvents.ts';
import type { Appended, Consume, EventLog } from './eventLog.ts';
import { claimLanes, insertLanes, moveLanes, readLanes } from './readLanes.ts';

/** Lists of up to 100 events each: larger statements store no more in a second. */
const GROUP_SIZE_MAX = 20;
/** About a second of work. */
const WAITING_MAX = 300;
/** When no notice arrives, and for the lanes of a worker that has died. */
const LOOK_MS = 1_000;

type PostgresLog = EventLog & {
  /** Resolves when what was begun is stored. */
  drained(): Promise<void>;
};

/**
 * The log in PostgreSQL: see docs/decisions/0023-event-log.md. Lists that arrive while a statement is under way are appended
 * together by the next one, and readers in all processes are told.
 */
export function createPostgresLog(
  database: Database,
  { topics, log }: { topics: Topics; log: Pick<Log, 'warn'> },
): PostgresLog {
  const appends = createGroupWork({
    sizeMax: GROUP_SIZE_MAX,
    waitingMax: WAITING_MAX,
    isOutage,
    work: async (lists: NewEvent[][]) => {
      const verdicts = await appendLists(database, lists);
      topics.publish(EVENTS);
      return verdicts;
    },
  });
  return {
    append: (events) => appends.add(events),
    drained: () => appends.drained(),
    read: (projection, consume) => {
      const warning = createWarning(log, `reading events for ${projection} failed`);
      let isKnown = false;
      const loop = createWorkLoop({
        everyMs: LOOK_MS,
        failed: (error) => warning.failed(error),
        work: async (isStopping) => {
          if (!isKnown) await insertLanes(database, projection);
          isKnown = true;
          while (!isStopping() && (await applyNext(database, projection, consume)));
          warning.worked();
        },
      });
      const deaf = topics.listen(EVENTS, loop.prompt);
      return {
        stop: async () => {
          deaf();
          await loop.stop();
        },
      };
    },
  };
}

/** Of an event that is there several times the first is the one that may be new. */
async function appendLists(database: Database, lists: NewEvent[][]): Promise<Appended[][]> {
  const firsts = new Map<string, NewEvent>();
  const copies = new Map<string, number>();
  for (const event of lists.flat()) {
    if (!firsts.has(event.id)) firsts.set(event.id, event);
    copies.set(event.id, (copies.get(event.id) ?? 0) + 1);
  }
  const sent = Array.from(firsts.values(), (event) => ({ ...event, copies: copies.get(event.id) ?? 1 }));
  const added = await retryBusy(() => appendEvents(database, sent));
  const verdictOf = (event: NewEvent): Appended =>
    added.has(event.id) && firsts.get(event.id) === event ? 'ACCEPTED' : 'DUPLICATE';
  return lists.map((events) => events.map(verdictOf));
}

/** False when there is nothing to read, or other workers have it. */
async function applyNext(database: Database, projection: string, consume: Consume): Promise<boolean> {
  return database.transaction(async (tx) => {
    const claimed = await claimLanes(tx, projection);
    if (!claimed) return false;
    const { events, upTo } = await readLanes(tx, claimed);
    if (events.length > 0) await consume(tx, events);
    await moveLanes(tx, { projection, lanes: claimed.lanes, upTo });
    return true;
  });
}
