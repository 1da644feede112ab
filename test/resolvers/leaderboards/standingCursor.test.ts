import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { RequestError } from '../../../src/domain/errors.ts';
import { type Cadence, periodAt } from '../../../src/domain/leaderboards/period.ts';
import type { Standing } from '../../../src/domain/leaderboards/standing.ts';
import { orderKeyOf, SCORE_MAX, type SortOrder } from '../../../src/domain/leaderboards/standingOrder.ts';
import { formatCursor, parseCursor } from '../../../src/resolvers/leaderboards/standingCursor.ts';
import { aBoard, standingsOf } from '../../domain/samples.ts';

const position = fc.record({
  score: fc.oneof(fc.maxSafeInteger(), fc.constantFrom(0, SCORE_MAX, -SCORE_MAX)),
  reachedSeq: fc.maxSafeNat(),
  horizon: fc.maxSafeNat(),
  sortOrder: fc.constantFrom<SortOrder>('ASCENDING', 'DESCENDING'),
  cadence: fc.constantFrom<Cadence>('ALL_TIME', 'DAILY', 'WEEKLY', 'MONTHLY'),
  at: fc.date({ min: new Date('2000-01-01'), max: new Date('2999-12-31'), noInvalidDate: true }),
});

test('a cursor reads back as the position of the standing that it was made from', () => {
  fc.assert(
    fc.property(position, ({ score, reachedSeq, horizon, sortOrder, cadence, at }) => {
      const periodKey = periodAt(cadence, at).key;
      const standing = aStanding({ score, reachedSeq, periodKey, cadence, leaderboard: aBoard({ sortOrder }) });
      const orderKey = orderKeyOf(score, sortOrder);
      expect(parseCursor(formatCursor(standing, horizon))).toEqual({ periodKey, orderKey, reachedSeq, horizon });
    }),
  );
});

test('a cursor can stand in a URL as it is', () => {
  fc.assert(
    fc.property(position, ({ score, reachedSeq, horizon }) => {
      expect(formatCursor(aStanding({ score, reachedSeq }), horizon)).toMatch(/^[\w-]+$/);
    }),
  );
});

test.each([
  '',
  'ALL',
  'ALL 1 1',
  'ALL 1 1 1 1',
  'all 1 1 1',
  'ALL 1.5 1 1',
  'ALL 1e3 1 1',
  'ALL 1 -1 1',
  'ALL 1 1 -1',
  'ALL 9007199254740992 1 1',
  'ALL -9007199254740992 1 1',
  'ALL 1 9007199254740992 1',
  'ALL 1 1 9007199254740992',
  'ALL 01 1 1',
  'ALL 1 01 1',
  'ALL 1 1 00',
  'ALL -0 1 1',
  'ALL 1 1 1\n',
  'ALL 1 1 1 or 1=1',
  '2026-11-21T12:00:00Z 1 1 1',
])('the cursor of %j is refused', (text) => {
  expectRefused(Buffer.from(text).toString('base64url'));
});

test('a text that is no cursor is refused', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.base64String(), fc.string({ unit: 'binary' })), (text) => {
      expectRefused(text);
    }),
  );
});

function aStanding(given: Partial<Standing>): Standing {
  const [standing] = standingsOf({ ada: 9 });
  if (!standing) throw new Error('a board of one has a first');
  return { ...standing, ...given };
}

function expectRefused(text: string): void {
  expect(() => parseCursor(text)).toThrow(RequestError);
  expect(() => parseCursor(text)).toThrow(
    expect.objectContaining({ code: 'BAD_USER_INPUT', message: expect.stringMatching(/^The cursor/) }),
  );
}
