import { expect, test } from 'vitest';
import { endOf, isDue, nextChangeOf, stateOf, whyClosed } from '../../../src/domain/tournaments/tournament.ts';
import { aTournament, at } from '../samples.ts';

const window = aTournament({ startsAt: at(100), endsAt: at(200) });

test.for([
  [99, 'SCHEDULED'],
  [100, 'OPEN'],
  [199, 'OPEN'],
  [200, 'ENDED'],
  [201, 'ENDED'],
] as const)('at %i a window from 100 to 200 is %s', ([now, state]) => {
  expect(stateOf(window, at(now))).toBe(state);
});

test('a tournament that was ended by hand is over from that moment', () => {
  const ended = { ...window, endedAt: at(150) };
  expect([endOf(ended), stateOf(ended, at(149)), stateOf(ended, at(150))]).toEqual([at(150), 'OPEN', 'ENDED']);
});

test('an end by hand after the end of the window does not prolong it', () => {
  expect(endOf({ ...window, endedAt: at(250) })).toEqual(at(200));
});

test('settlement and cancellation hold whatever the clock says, cancellation first', () => {
  const settled = { ...window, settledAt: at(300) };
  expect(stateOf(settled, at(0))).toBe('SETTLED');
  expect(stateOf({ ...settled, cancelledAt: at(301) }, at(0))).toBe('CANCELLED');
});

test('the clock alone opens and ends a tournament, and changes nothing more', () => {
  expect([0, 99, 100, 199, 200].map((now) => nextChangeOf(window, at(now)))).toEqual(
    [100, 100, 200, 200].map((moment): Date | null => at(moment)).concat(null),
  );
  expect(nextChangeOf({ ...window, endedAt: at(150) }, at(149))).toEqual(at(150));
  expect(nextChangeOf({ ...window, cancelledAt: at(1) }, at(50))).toBeNull();
});

test('a tournament is due when its grace period has passed, once', () => {
  const due = { ...window, graceS: 10 };
  expect(isDue(due, at(200 + 9_999))).toBe(false);
  expect(isDue(due, at(200 + 10_000))).toBe(true);
  expect(isDue({ ...due, endedAt: at(150) }, at(150 + 10_000))).toBe(true);
  expect(isDue({ ...due, settledAt: at(0) }, at(1e9))).toBe(false);
  expect(isDue({ ...due, cancelledAt: at(0) }, at(1e9))).toBe(false);
});

test.for<[when: string, now: number, why: RegExp]>([
  ['before registration opens', 49, /opens at/],
  ['when registration opens', 50, /^$/],
  ['just before registration closes', 149, /^$/],
  ['when registration closes', 150, /closed at/],
  ['after the end', 200, /is over/],
])('%s, at %i, joining is refused with %s', ([, now, why]) => {
  const registered = { ...window, registrationOpensAt: at(50), registrationClosesAt: at(150) };
  expect(whyClosed(registered, at(now)) ?? '').toMatch(why);
});

test('without a registration window players join from the creation to the end', () => {
  expect([0, 100, 199].map((now) => whyClosed(window, at(now)))).toEqual([null, null, null]);
  expect(whyClosed({ ...window, cancelledAt: at(0) }, at(100))).toMatch(/cancelled/);
});
