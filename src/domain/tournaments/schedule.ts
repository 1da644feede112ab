import { Cron } from 'croner';

/** When something starts again and again: a cron expression of five fields, read in an IANA time zone. */
export type Schedule = { cron: string; timeZone: string };

const FIVE_FIELDS = /^\S+( \S+){4}$/;
const ZONE_NAME = /^[A-Za-z]/;

/** What is wrong with a schedule; null when it comes round for ever. */
export function flawOfSchedule(schedule: Schedule): { field: keyof Schedule; message: string } | null {
  if (!isTimeZone(schedule.timeZone)) return { field: 'timeZone', message: 'use an IANA name like Europe/Berlin' };
  const flaw = (message: string) => ({ field: 'cron' as const, message });
  if (!FIVE_FIELDS.test(schedule.cron)) return flaw('use five fields like `0 0 * * 1`, separated by one space each');
  try {
    // A leap year lies within any eight years, and in them every day that exists.
    return cronOf(schedule).nextRun(new Date()) === null ? flaw('never comes round') : null;
  } catch {
    return flaw('is not a cron expression');
  }
}

/**
 * The first start after a moment. A start that the clocks skip in spring comes an hour later, and one that they repeat in
 * autumn comes the first time only. Throws for a schedule with a flaw.
 */
export function nextStart(schedule: Schedule, after: Date): Date {
  const next = cronOf(schedule).nextRun(after);
  if (!next) throw new Error('the schedule never comes round');
  return next;
}

/** The last `count` starts up to a moment, the latest first. */
export function lastStarts(schedule: Schedule, count: number, until: Date): Date[] {
  // The cron library leaves out the second that it is given.
  const second = Math.floor(until.getTime() / 1_000) + 1;
  return cronOf(schedule).previousRuns(count, new Date(second * 1_000));
}

function cronOf({ cron, timeZone }: Schedule): Cron {
  return new Cron(cron, { timezone: timeZone, mode: '5-part', paused: true });
}

function isTimeZone(name: string): boolean {
  if (!ZONE_NAME.test(name)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) instanceof Intl.DateTimeFormat;
  } catch {
    return false;
  }
}
