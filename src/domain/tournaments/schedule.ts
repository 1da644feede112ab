import { Cron } from 'croner';

/** When something starts again and again: a cron expression of five fields, read in an IANA time zone. */
export type Schedule = { cron: string; timeZone: string };

const FIVE_FIELDS = /^\S+( \S+){4}$/;
const ZONE_NAME = /^[A-Za-z]/;
/** It is read again at every look at what is due. */
const CRON_LENGTH_MAX = 200;

/** What is wrong with a schedule; null when it has starts for ever. */
export function flawOfSchedule(schedule: Schedule): { field: keyof Schedule; message: string } | null {
  if (!isTimeZone(schedule.timeZone)) return { field: 'timeZone', message: 'use an IANA name like Europe/Berlin' };
  const flaw = (message: string) => ({ field: 'cron' as const, message });
  if (schedule.cron.length > CRON_LENGTH_MAX) return flaw(`use ${CRON_LENGTH_MAX} characters at most`);
  if (!FIVE_FIELDS.test(schedule.cron)) return flaw('use five fields like `0 0 * * 1`, separated by one space each');
  try {
    // A leap year lies within any eight years, and in them every day that exists.
    return cronOf(schedule).nextRun(new Date()) === null ? flaw('never comes round') : null;
  } catch {
    return flaw('is not a cron expression');
  }
}

/**
 * The first start after a moment. Where the clocks skip the time of a start in spring, an expression of one time a day
 * starts right after the gap, and one of several leaves that start out; where they repeat it in autumn, the former starts
 * the first time only and the latter both times. Throws for a schedule with a flaw.
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

const DAY_MS = 86_400_000;

/** Whether the clocks of a time zone show the time of this moment a second time, because they are put back. */
export function comesTwice(at: Date, timeZone: string): boolean {
  const own = offsetMs(at, timeZone);
  return [-DAY_MS, DAY_MS].some((distance) => {
    const other = offsetMs(new Date(at.getTime() + distance), timeZone);
    return other !== own && offsetMs(new Date(at.getTime() + own - other), timeZone) === other;
  });
}

/** How far the clocks of a time zone are ahead of UTC, like `+02:00`. */
export function offsetAt(at: Date, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' }).formatToParts(at);
  const text = parts.find(({ type }) => type === 'timeZoneName')?.value.replace('GMT', '');
  return text === undefined || text === '' ? '+00:00' : text;
}

function offsetMs(at: Date, timeZone: string): number {
  const [, sign, hours, minutes, seconds = '0'] =
    /^([+-])(\d\d):(\d\d)(?::(\d\d))?$/.exec(offsetAt(at, timeZone)) ?? [];
  const ahead = (Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds);
  return (sign === '-' ? -ahead : ahead) * 1_000;
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
