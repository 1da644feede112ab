import { FIRST_ID } from '../async/chunks.ts';
import { type EventTally, listEventPlayers, readEventCounts, tallyEvents } from '../db/verify/eventAudit.ts';
import type { Queryable } from '../db/open.ts';
import { createCompare, type Difference } from './difference.ts';

/** So many that their events are counted well within the deadline of a statement. */
const PLAYERS_AT_ONCE = 200;

/** Counts the events of the log anew and compares. Answers with how many events are counted. */
export async function verifyEvents(snapshot: Queryable, differences: Difference[]): Promise<number> {
  const differs = createCompare({ in: 'events', what: 'count' }, differences);
  let counted = 0;
  for (let after = FIRST_ID; ;) {
    const upTo = (await listEventPlayers(snapshot, { after, limit: PLAYERS_AT_ONCE })).at(-1);
    if (upTo === undefined) return counted;
    const [stored, expected] = [
      await readEventCounts(snapshot, { after, upTo }),
      new Map((await tallyEvents(snapshot, { after, upTo })).map((tally) => [keyOf(tally), tally])),
    ];
    for (const count of stored) {
      differs(keyOf(count), textOf(count), textOf(expected.get(keyOf(count))));
      expected.delete(keyOf(count));
      counted += count.events;
    }
    for (const [key, tally] of expected) differs(key, null, textOf(tally));
    after = upTo;
  }
}

const keyOf = ({ playerId, gameId, type }: EventTally) => `${type} of ${playerId} in ${gameId}`;

function textOf(tally: EventTally | undefined): string | null {
  return tally ? `${tally.events} from ${tally.firstAt.toISOString()} to ${tally.lastAt.toISOString()}` : null;
}
