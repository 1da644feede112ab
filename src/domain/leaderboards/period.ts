export const CADENCES = ['ALL_TIME', 'DAILY', 'WEEKLY', 'MONTHLY'] as const;
export type Cadence = (typeof CADENCES)[number];

/** One half-open UTC window `[startsAt, endsAt)` of a cadence. ALL_TIME has no bounds. */
export type Period = { cadence: Cadence; key: string; startsAt: Date | null; endsAt: Date | null };

export const ALL_TIME_KEY = 'ALL';

const DAY_MS = 86_400_000;

/** The period of a cadence that contains a moment. Weeks are ISO weeks: Monday to Sunday. */
export function periodAt(cadence: Cadence, at: Date): Period {
  const year = at.getUTCFullYear();
  const month = at.getUTCMonth();
  const dayStart = utc(year, month, at.getUTCDate());
  switch (cadence) {
    case 'ALL_TIME':
      return { cadence, key: ALL_TIME_KEY, startsAt: null, endsAt: null };
    case 'DAILY':
      return { cadence, key: dayStart.toISOString().slice(0, 10), startsAt: dayStart, endsAt: addDays(dayStart, 1) };
    case 'MONTHLY':
      return {
        cadence,
        key: dayStart.toISOString().slice(0, 7),
        startsAt: utc(year, month, 1),
        endsAt: utc(year, month + 1, 1),
      };
    case 'WEEKLY': {
      const startsAt = addDays(dayStart, -((dayStart.getUTCDay() + 6) % 7));
      return { cadence, key: isoWeekKey(startsAt), startsAt, endsAt: addDays(startsAt, 7) };
    }
  }
}

/** The period that a stored key names, for example `2026-W47`. The inverse of `periodAt(…).key`. */
export function periodOfKey(cadence: Cadence, key: string): Period {
  switch (cadence) {
    case 'ALL_TIME':
      return periodAt(cadence, new Date(0));
    case 'DAILY':
      return periodAt(cadence, new Date(`${key}T00:00:00Z`));
    case 'MONTHLY':
      return periodAt(cadence, new Date(`${key}-01T00:00:00Z`));
    case 'WEEKLY': {
      const [year = '', week = ''] = key.split('-W');
      // 4 January always lies in week 1 (ISO 8601).
      const weekOne = periodAt('WEEKLY', utc(Number(year), 0, 4)).startsAt ?? new Date(0);
      return periodAt(cadence, addDays(weekOne, (Number(week) - 1) * 7));
    }
  }
}

/** Whether a text is the key of a period of this cadence. */
export function isPeriodKey(cadence: Cadence, text: string): boolean {
  return KEYS[cadence].test(text) && periodOfKey(cadence, text).key === text;
}

const KEYS: Record<Cadence, RegExp> = {
  ALL_TIME: /^ALL$/,
  DAILY: /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/,
  MONTHLY: /^\d{4}-(0[1-9]|1[0-2])$/,
  WEEKLY: /^\d{4}-W(0[1-9]|[1-4]\d|5[0-3])$/,
};

function isoWeekKey(monday: Date): string {
  const year = addDays(monday, 3).getUTCFullYear();
  const weekOne = utc(year, 0, 4);
  const weekOneMonday = addDays(weekOne, -((weekOne.getUTCDay() + 6) % 7));
  const week = Math.round((monday.getTime() - weekOneMonday.getTime()) / (7 * DAY_MS)) + 1;
  return `${String(year).padStart(4, '0')}-W${String(week).padStart(2, '0')}`;
}

function utc(year: number, month: number, day: number): Date {
  const date = new Date(0);
  date.setUTCFullYear(year, month, day);
  return date;
}

function addDays(date: Date, days: number): Date {
  return new Date(date.getTime() + days * DAY_MS);
}
