import { claimFailure, deleteFailure, failAgain } from '../db/events/failures.ts';
import type { Database } from '../db/open.ts';
import { tryToApply } from './applyEvents.ts';
import type { Projection } from './projection.ts';
import { reasonOf } from './reasonOf.ts';

/**
 * Tries what is due again, one event at a time. `pausesMs` are the pauses before each further attempt; after the last the
 * event is given up. Answers with the ids of those that were given up.
 */
export async function retryFailures(
  database: Database,
  projection: Projection,
  { pausesMs, isStopping }: { pausesMs: readonly number[]; isStopping: () => boolean },
): Promise<string[]> {
  const dead: string[] = [];
  for (;;) {
    if (isStopping()) return dead;
    const tried = await database.transaction(async (tx) => {
      const due = await claimFailure(tx, projection.name);
      if (!due) return null;
      const failure = await tryToApply(tx, projection, [due.event]);
      if (failure === null) {
        await deleteFailure(tx, due.id);
        return { eventId: due.event.id, isDead: false };
      }
      const pauseMs = pausesMs[due.attempts] ?? null;
      await failAgain(tx, { id: due.id, reason: reasonOf(failure.error), pauseMs });
      return { eventId: due.event.id, isDead: pauseMs === null };
    });
    if (!tried) return dead;
    if (tried.isDead) dead.push(tried.eventId);
  }
}
