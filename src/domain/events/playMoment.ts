import type { Cadence } from '../leaderboards/period.ts';
import type { LoggedEvent } from './event.ts';

const EPOCH = new Date(0);

/**
 * When the play ended that an event tells of, for a board with these cadences; null when it counts there no more. A clock that
 * is ahead is taken back to when the event came. What came more than a day late counts only where there are no periods that
 * it could have been played in.
 */
export function playMoment(
  { occurredAt, receivedAt, isSkewed }: Pick<LoggedEvent, 'isSkewed' | 'occurredAt' | 'receivedAt'>,
  cadences: readonly Cadence[],
): Date | null {
  if (occurredAt >= receivedAt) return receivedAt;
  const isTimeless = cadences.every((cadence) => cadence === 'ALL_TIME');
  return (isSkewed && !isTimeless) || occurredAt < EPOCH ? null : occurredAt;
}
