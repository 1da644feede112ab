import { isCalendarDay, isWritable } from '../moments.ts';

const TIMESTAMP = /^(\d{4}-\d\d-\d\d)[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?(Z|z|[+-]\d\d(?::?\d\d)?)?$/;
const LENGTH_MAX = 40;

/** An ISO 8601 moment to the millisecond; without an offset it is in UTC. Null for what is none. */
export function readTimestamp(text: string): Date | null {
  if (text.length > LENGTH_MAX) return null;
  const [, day = '', hour = '', minute = '', second = '00', fraction = '', offset = 'Z'] = TIMESTAMP.exec(text) ?? [];
  if (day === '' || Number(hour) > 23 || !isCalendarDay(day)) return null;
  const ms = fraction.padEnd(3, '0').slice(0, 3);
  const date = new Date(`${day}T${hour}:${minute}:${second}.${ms}${offsetOf(offset)}`);
  return isWritable(date) ? date : null;
}

/** `+01`, `+0100` and `+01:00` are one. */
function offsetOf(text: string): string {
  if (text === 'Z' || text === 'z') return 'Z';
  const digits = text.slice(1).replace(':', '');
  return `${text[0]}${digits.slice(0, 2)}:${digits.slice(2) || '00'}`;
}
