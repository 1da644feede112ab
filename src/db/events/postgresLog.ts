import { createGroupWork } from '../../async/groupWork.ts';
import type { NewEvent } from '../../domain/events/event.ts';
import { isOutage } from '../databaseErrors.ts';
import type { Database } from '../open.ts';
import { retryBusy } from '../retryBusy.ts';
import { appendEvents } from './appendEvents.ts';
import type { Appended, EventLog } from './eventLog.ts';

/** Lists of up to 100 events each: larger statements store no more in a second. */
const GROUP_SIZE_MAX = 20;
/** About a second of work. */
const WAITING_MAX = 300;

/** The log in PostgreSQL. Lists that arrive while a statement is under way are appended together by the next one. */
export function createPostgresLog(database: Database): Pick<EventLog, 'append'> & { drained(): Promise<void> } {
  const appends = createGroupWork({
    sizeMax: GROUP_SIZE_MAX,
    waitingMax: WAITING_MAX,
    isOutage,
    work: (lists: NewEvent[][]) => appendLists(database, lists),
  });
  return { append: (events) => appends.add(events), drained: () => appends.drained() };
}

/** Of an event that is there several times the first is the one that may be new. */
async function appendLists(database: Database, lists: NewEvent[][]): Promise<Appended[][]> {
  const firsts = new Map<string, NewEvent>();
  for (const event of lists.flat()) if (!firsts.has(event.id)) firsts.set(event.id, event);
  const added = await retryBusy(() => appendEvents(database, [...firsts.values()]));
  const verdictOf = (event: NewEvent): Appended =>
    added.has(event.id) && firsts.get(event.id) === event ? 'ACCEPTED' : 'DUPLICATE';
  return lists.map((events) => events.map(verdictOf));
}
