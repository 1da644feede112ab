import type { Context } from '../../context.ts';
import { readEventHours } from '../../db/events/readEventHours.ts';
import { badInput } from '../../domain/errors.ts';
import { FIRST_MOMENT, LAST_MOMENT } from '../../domain/moments.ts';
import type { EventHour } from '../../domain/events/deadLetter.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;
const DAYS_MAX = 7;

/** What came by hour and type, the latest hour first. Throws BAD_USER_INPUT for more than seven days. */
export async function eventStats(
  { game, from, to }: { game: string | null; from: Date | null; to: Date | null },
  ctx: Context,
): Promise<EventHour[]> {
  const until = to ?? new Date();
  const since = from ?? new Date(until.getTime() - DAY_MS);
  if (until.getTime() - since.getTime() > DAYS_MAX * DAY_MS)
    throw badInput(`Ask for at most ${DAYS_MAX} days at once.`);
  return readEventHours(ctx.database, { game, from: storable(since), to: storable(until) });
}

/** Nothing is stored before the first moment or after the last. */
function storable(moment: Date): Date {
  if (moment < FIRST_MOMENT) return FIRST_MOMENT;
  return moment > LAST_MOMENT ? LAST_MOMENT : moment;
}
