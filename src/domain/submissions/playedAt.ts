import { PeriodOverError, ValidationError } from '../errors.ts';
import { type Cadence, periodAt } from '../leaderboards/period.ts';
import type { Leaderboard } from '../leaderboards/leaderboard.ts';
import type { NewSubmission } from './submission.ts';

/** When a play ended. `now` is the moment of acceptance. */
export function endOfPlay({ playedAt }: Pick<NewSubmission, 'playedAt'>, now: Date): Date {
  return playedAt ?? now;
}

/**
 * Why a submission cannot say that its play ended when it says; null when it can, or says nothing. A play never ends in the
 * future, and one that is not imported no earlier than `last`, the latest play of the player on the board.
 */
export function refusalOfPlayedAt(
  { playedAt, isImport }: Pick<NewSubmission, 'isImport' | 'playedAt'>,
  { now, last }: { now: Date; last: Date | null },
): ValidationError | null {
  if (!playedAt) return null;
  if (playedAt > now) return refusal(`lies in the future; it is ${now.toISOString()}`);
  if (isImport) return null;
  if (last && playedAt < last)
    return refusal(`lies before the player’s last play on this board, ${last.toISOString()}`);
  return null;
}

function refusal(flaw: string): ValidationError {
  return new ValidationError('input.playedAt', flaw);
}

/** Where a play counts on its board. */
export type PeriodsOfPlay = {
  /** The periods that it ended in and that still take it. */
  taken: { cadence: Cadence; key: string }[];
  /** Why one of its periods takes it no more; null when all do. Of several, the one that took late arrivals for the shortest. */
  over: PeriodOverError | null;
};

/** A period that is over takes plays for as long as the board waits, and imported ones always. */
export function periodsOfPlay(
  item: Pick<NewSubmission, 'isImport' | 'playedAt'>,
  { cadences, graceS }: Pick<Leaderboard, 'cadences' | 'graceS'>,
  now: Date,
): PeriodsOfPlay {
  const periods = cadences.map((cadence) => {
    const { key, endsAt } = periodAt(cadence, endOfPlay(item, now));
    const until = endsAt && new Date(endsAt.getTime() + graceS * 1_000);
    return { cadence, key, closedAt: until && until <= now && !item.isImport ? until : null };
  });
  const over = periods.flatMap(({ cadence, key, closedAt }) =>
    closedAt ? [{ name: `${cadence} ${key}`, closedAt }] : [],
  );
  const [first] = over.toSorted((a, b) => a.closedAt.getTime() - b.closedAt.getTime());
  return {
    taken: periods.filter(({ closedAt }) => !closedAt).map(({ cadence, key }) => ({ cadence, key })),
    over: first ? new PeriodOverError(first.name, first.closedAt) : null,
  };
}
