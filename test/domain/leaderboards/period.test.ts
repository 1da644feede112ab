import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Cadence, periodAt, periodOfKey } from '../../../src/domain/leaderboards/period.ts';

const bounded = fc.constantFrom<Cadence>('DAILY', 'WEEKLY', 'MONTHLY');
const cadence = fc.constantFrom<Cadence>('ALL_TIME', 'DAILY', 'WEEKLY', 'MONTHLY');
const instant = fc.date({
  min: new Date('0001-01-01T00:00:00Z'),
  max: new Date('9999-12-31T23:59:59.999Z'),
  noInvalidDate: true,
});

test('every moment lies in its period, whose end is not part of it', () => {
  fc.assert(
    fc.property(bounded, instant, (of, at) => {
      const { startsAt, endsAt } = bounds(of, at);
      expect(startsAt).toBeLessThanOrEqual(at.getTime());
      expect(at.getTime()).toBeLessThan(endsAt);
    }),
  );
});

test('a key names the period that it was made from', () => {
  fc.assert(
    fc.property(cadence, instant, (of, at) => {
      const period = periodAt(of, at);
      expect(periodOfKey(of, period.key)).toEqual(period);
    }),
  );
});

test('periods that follow each other touch', () => {
  fc.assert(
    fc.property(bounded, instant, (of, at) => {
      const { startsAt, endsAt } = bounds(of, at);
      expect(bounds(of, new Date(endsAt)).startsAt).toBe(endsAt);
      expect(bounds(of, new Date(startsAt - 1)).endsAt).toBe(startsAt);
    }),
  );
});

test('periods of one cadence have the same key only if they are the same', () => {
  fc.assert(
    fc.property(bounded, instant, (of, at) => {
      const { endsAt } = bounds(of, at);
      expect(periodAt(of, new Date(endsAt)).key).not.toBe(periodAt(of, at).key);
    }),
  );
});

test.each([
  ['2024-12-30', '2025-W01'],
  ['2025-12-28', '2025-W52'],
  ['2025-12-29', '2026-W01'],
  ['2026-01-01', '2026-W01'],
  ['2026-11-21', '2026-W47'],
  ['2027-01-01', '2026-W53'],
  ['2027-01-03', '2026-W53'],
  ['2027-01-04', '2027-W01'],
])('%s lies in ISO week %s', (day, key) => {
  expect(periodAt('WEEKLY', new Date(`${day}T23:59:59.999Z`)).key).toBe(key);
});

test('a week goes from Monday to Monday, midnight UTC', () => {
  expect(periodAt('WEEKLY', new Date('2026-11-21T12:00:00Z'))).toEqual({
    cadence: 'WEEKLY',
    key: '2026-W47',
    startsAt: new Date('2026-11-16T00:00:00Z'),
    endsAt: new Date('2026-11-23T00:00:00Z'),
  });
});

test('a day is keyed by its date and goes from midnight to midnight UTC', () => {
  expect(periodAt('DAILY', new Date('2024-02-29T23:59:59.999Z'))).toEqual({
    cadence: 'DAILY',
    key: '2024-02-29',
    startsAt: new Date('2024-02-29T00:00:00Z'),
    endsAt: new Date('2024-03-01T00:00:00Z'),
  });
});

test('the period after December is January of the next year', () => {
  expect(periodAt('MONTHLY', new Date('2026-12-31T23:59:59.999Z'))).toEqual({
    cadence: 'MONTHLY',
    key: '2026-12',
    startsAt: new Date('2026-12-01T00:00:00Z'),
    endsAt: new Date('2027-01-01T00:00:00Z'),
  });
});

test('all time has one key and no bounds', () => {
  expect(periodAt('ALL_TIME', new Date())).toEqual({ cadence: 'ALL_TIME', key: 'ALL', startsAt: null, endsAt: null });
});

function bounds(of: Cadence, at: Date): { startsAt: number; endsAt: number } {
  const { startsAt, endsAt } = periodAt(of, at);
  return { startsAt: startsAt?.getTime() ?? Number.NaN, endsAt: endsAt?.getTime() ?? Number.NaN };
}
