/** The first moment that PostgreSQL and RFC 3339 both can write: there is no year 0 for the one. */
export const FIRST_MOMENT = new Date('0001-01-01T00:00:00.000Z');
/** The last one: there is no year after 9999 for the other. */
export const LAST_MOMENT = new Date('9999-12-31T23:59:59.999Z');

/** Whether the moment can be stored and written. */
export const isWritable = (moment: Date): boolean => moment >= FIRST_MOMENT && moment <= LAST_MOMENT;

/** Whether the calendar has a day `YYYY-MM-DD`: JavaScript takes 30 February for 2 March. */
export function isCalendarDay(day: string): boolean {
  const midnight = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(day);
}
