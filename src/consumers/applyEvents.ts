import { isOutage, isTransient } from '../db/databaseErrors.ts';
import { RequestError } from '../domain/errors.ts';
import { codeOf } from '../log.ts';
import { findWaiting, insertFailures, type NewFailure } from '../db/events/failures.ts';
import type { Transaction } from '../db/open.ts';
import type { LoggedEvent } from '../domain/events/event.ts';
import type { Projection } from './projection.ts';
import { reasonOf } from './reasonOf.ts';

const STATEMENT_TIMEOUT = '57014';

/**
 * Applies a batch. When that fails, each event is tried alone, and those that fail are kept for another attempt; later ones
 * of the same player wait behind them. Throws only what would fail any event, such as an outage: then nothing has been done.
 */
export async function applyEvents(
  tx: Transaction,
  events: LoggedEvent[],
  { projection, firstPauseMs }: { projection: Projection; firstPauseMs: number },
): Promise<void> {
  const mine = events.filter((event) => projection.handles(event));
  if (mine.length === 0) return;
  const players = await findWaiting(
    tx,
    projection.name,
    mine.map(({ playerId }) => playerId),
  );
  const free = mine.filter(({ playerId }) => !players.has(playerId));
  const failure = await tryToApply(tx, projection, free);
  const kept: NewFailure[] = [];
  if (failure === null && free.length === mine.length) return;
  for (const event of failure === null ? mine.filter(({ playerId }) => players.has(playerId)) : mine) {
    if (players.has(event.playerId)) {
      kept.push({ event, reason: null, pauseMs: 0 });
      continue;
    }
    const own = await tryToApply(tx, projection, [event]);
    if (own === null) continue;
    kept.push({ event, reason: reasonOf(own.error), pauseMs: firstPauseMs });
    players.add(event.playerId);
  }
  if (kept.length > 0) await insertFailures(tx, projection.name, kept);
}

/** All or nothing, within a transaction that goes on. Null when it has been done. */
export async function tryToApply(
  tx: Transaction,
  projection: Projection,
  events: LoggedEvent[],
): Promise<{ error: unknown } | null> {
  if (events.length === 0) return null;
  try {
    await tx.part((part) => projection.apply(part, events));
    return null;
  } catch (error) {
    if (isPassing(error)) throw error;
    return { error };
  }
}

/** What has nothing to do with the events. A statement that takes too long may have, and would hold up the others for ever. */
function isPassing(error: unknown): boolean {
  return (
    error instanceof RequestError || isOutage(error) || (isTransient(error) && codeOf(error) !== STATEMENT_TIMEOUT)
  );
}
