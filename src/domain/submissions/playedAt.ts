import { PeriodOverError, ValidationError } from '../errors.ts';
import { periodAt } from '../leaderboards/period.ts';
import type { Leaderboard } from '../leaderboards/leaderboard.ts';
import type { NewSubmission } from './submission.ts';

/** When a play ended. `now` is the moment of acceptance. */
export function endOfPlay({ playedAt }: Pick<NewSubmission, 'playedAt'>, now: Date): Date {
  return playedAt ?? now;
}

/**
 * Why a submission cannot say that its play ended when it says; null when it can, or says nothing. A play never ends in the
 * future. One that is not imported ends no earlier than `last`, the latest play of the player on the board, and in periods
 * that are present or have ended no longer ago than the board waits for late arrivals.
 */
export function refusalOfPlayedAt(
  { playedAt, isImport }: Pick<NewSubmission, 'isImport' | 'playedAt'>,
  { board, now, last }: { board: Leaderboard; now: Date; last: Date | null },
): PeriodOverError | ValidationError | null {
  if (!playedAt) return null;
  if (playedAt > now) return refusal(`lies in the future; it is ${now.toISOString()}`);
  if (isImport) return null;
  if (last && playedAt < last)
    return refusal(`lies before the player’s last play on this board, ${last.toISOString()}`);
  return firstPeriodOver(playedAt, board, now);
}

function refusal(flaw: string): ValidationError {
  return new ValidationError('input.playedAt', flaw);
}

/** Of several periods that are over, the one that took late arrivals for the shortest. */
function firstPeriodOver(playedAt: Date, { cadences, graceS }: Leaderboard, now: Date): PeriodOverError | null {
  const over = cadences.flatMap((cadence) => {
    const { key, endsAt } = periodAt(cadence, playedAt);
    const until = endsAt && new Date(endsAt.getTime() + graceS * 1_000);
    return until && until <= now ? [{ period: `${cadence} ${key}`, until }] : [];
  });
  const [first] = over.toSorted((a, b) => a.until.getTime() - b.until.getTime());
  return first ? new PeriodOverError(first.period, first.until) : null;
}
