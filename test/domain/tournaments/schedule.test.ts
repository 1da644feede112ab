import { expect, test } from 'vitest';
import {
  comesTwice,
  flawOfSchedule,
  lastStarts,
  nextStart,
  offsetAt,
} from '../../../src/domain/tournaments/schedule.ts';

const MONDAYS = { cron: '0 0 * * 1', timeZone: 'UTC' };
const at = (text: string) => new Date(text);

test('the next start lies after the moment, to the millisecond', () => {
  expect(nextStart(MONDAYS, at('2026-11-22T23:59:59.999Z'))).toEqual(at('2026-11-23T00:00:00Z'));
  expect(nextStart(MONDAYS, at('2026-11-23T00:00:00.000Z'))).toEqual(at('2026-11-30T00:00:00Z'));
});

test('the last starts include one at the moment and none after it', () => {
  expect(lastStarts(MONDAYS, 2, at('2026-11-23T00:00:00.000Z'))).toEqual([at('2026-11-23'), at('2026-11-16')]);
  expect(lastStarts(MONDAYS, 1, at('2026-11-22T23:59:59.999Z'))).toEqual([at('2026-11-16')]);
});

/** Starts as the day and the time in UTC. */
function starts(cron: string, after: string, count: number): string[] {
  const found: string[] = [];
  let start = at(after);
  for (let made = 0; made < count; made += 1) {
    start = nextStart({ cron, timeZone: 'Europe/Berlin' }, start);
    found.push(start.toISOString().slice(5, 16));
  }
  return found;
}

// On 28 March 2027 the hour from 2 to 3 does not exist, from 01:00 UTC on; on 31 October there are two, at 00:00 and 01:00.
test('a start of one time a day that the clocks skip comes right after the gap', () => {
  expect(starts('30 2 * * *', '2027-03-27T00:00:00Z', 3)).toEqual(['03-27T01:30', '03-28T01:00', '03-29T00:30']);
});

test('a start of several times a day that the clocks skip is left out', () => {
  expect(starts('0,30 2 * * *', '2027-03-27T12:00:00Z', 2)).toEqual(['03-29T00:00', '03-29T00:30']);
  expect(starts('0 * * * *', '2027-03-27T23:30:00Z', 3)).toEqual(['03-28T00:00', '03-28T01:00', '03-28T02:00']);
});

test('a start of one time a day that the clocks repeat comes the first time only', () => {
  expect(starts('30 2 * * *', '2027-10-30T12:00:00Z', 2)).toEqual(['10-31T00:30', '11-01T01:30']);
});

test('a start of several times a day that the clocks repeat comes both times', () => {
  expect(starts('0,30 2 * * *', '2027-10-30T12:00:00Z', 4)).toEqual([
    '10-31T00:00',
    '10-31T00:30',
    '10-31T01:00',
    '10-31T01:30',
  ]);
});

test.for([
  ['Europe/Berlin', '2027-10-30T23:59:59Z', false, '+02:00'],
  ['Europe/Berlin', '2027-10-31T00:00:00Z', true, '+02:00'],
  ['Europe/Berlin', '2027-10-31T01:59:59Z', true, '+01:00'],
  ['Europe/Berlin', '2027-10-31T02:00:00Z', false, '+01:00'],
  ['Europe/Berlin', '2027-03-28T01:00:00Z', false, '+02:00'],
  ['Australia/Lord_Howe', '2027-04-03T14:45:00Z', true, '+11:00'],
  ['Australia/Lord_Howe', '2027-04-03T15:15:00Z', true, '+10:30'],
  ['Australia/Lord_Howe', '2027-04-03T15:30:00Z', false, '+10:30'],
  ['America/Havana', '2027-11-07T04:00:00Z', true, '-04:00'],
  ['UTC', '2027-10-31T01:00:00Z', false, '+00:00'],
] as const)('in %s the time of %s comes twice: %s, at %s', ([timeZone, moment, twice, offset]) => {
  expect(comesTwice(at(moment), timeZone)).toBe(twice);
  expect(offsetAt(at(moment), timeZone)).toBe(offset);
});

test.for(['', '@daily', '* * * * * *', '61 * * * *', '0 0 31 2 *', 'a b c d e', '0  0 * * 1'])(
  '%j is refused as a cron expression',
  (cron) => expect(flawOfSchedule({ cron, timeZone: 'UTC' })?.field).toBe('cron'),
);

test.for(['', 'Mars/Olympus', '+02:00'])('%j is refused as a time zone', (timeZone) =>
  expect(flawOfSchedule({ cron: '0 0 * * 1', timeZone })?.field).toBe('timeZone'),
);

test('a leap day is a schedule', () => {
  expect(flawOfSchedule({ cron: '0 0 29 2 *', timeZone: 'America/New_York' })).toBeNull();
});
