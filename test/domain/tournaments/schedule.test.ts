import { expect, test } from 'vitest';
import { flawOfSchedule, lastStarts, nextStart } from '../../../src/domain/tournaments/schedule.ts';

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

test('a start that the clocks skip comes an hour later, and one that they repeat comes once', () => {
  const nightly = { cron: '30 2 * * *', timeZone: 'Europe/Berlin' };
  const starts = (from: string) => {
    const first = nextStart(nightly, at(from));
    return [first, nextStart(nightly, first), nextStart(nightly, nextStart(nightly, first))].map((start) =>
      start.toISOString(),
    );
  };
  // On 29 March 2026 the hour from 2 to 3 does not exist, and on 25 October there are two.
  expect(starts('2026-03-27T12:00:00Z')).toEqual([
    '2026-03-28T01:30:00.000Z',
    expect.stringMatching(/^2026-03-29T01:/),
    '2026-03-30T00:30:00.000Z',
  ]);
  expect(starts('2026-10-23T12:00:00Z')).toEqual([
    '2026-10-24T00:30:00.000Z',
    '2026-10-25T00:30:00.000Z',
    '2026-10-26T01:30:00.000Z',
  ]);
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
