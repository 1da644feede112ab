import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  applyScore,
  compareEntries,
  type EntryValue,
  orderKeyOf,
  SCORE_MAX,
  type SortOrder,
} from '../../../src/domain/leaderboards/standingOrder.ts';

const SORT_ORDERS: SortOrder[] = ['ASCENDING', 'DESCENDING'];
const sortOrder = fc.constantFrom(...SORT_ORDERS);
const score = fc.oneof(
  fc.maxSafeInteger(),
  fc.integer({ min: -3, max: 3 }),
  // The ends of the range and both zeros, often enough that every run meets them.
  fc.constantFrom(SCORE_MAX, -SCORE_MAX, 0, -0),
);

test('an order key turns back into its score', () => {
  fc.assert(
    fc.property(score, sortOrder, (of, order) => {
      expect(orderKeyOf(orderKeyOf(of, order), order)).toBe(of + 0);
    }),
  );
});

test('the better score has the smaller order key', () => {
  expect(orderKeyOf(2, 'DESCENDING')).toBeLessThan(orderKeyOf(1, 'DESCENDING'));
  expect(orderKeyOf(1, 'ASCENDING')).toBeLessThan(orderKeyOf(2, 'ASCENDING'));
});

test('no order key is minus zero', () => {
  for (const order of SORT_ORDERS) {
    expect(orderKeyOf(0, order)).toBe(0);
    expect(orderKeyOf(-0, order)).toBe(0);
  }
});

test('the earlier of two equal scores stands first', () => {
  const earlier = { orderKey: -10, reachedSeq: 1 };
  const later = { orderKey: -10, reachedSeq: 2 };
  const better = { orderKey: -11, reachedSeq: 3 };
  expect([later, earlier, better].toSorted(compareEntries)).toEqual([better, earlier, later]);
});

test('a first score is the entry under every operator', () => {
  for (const operator of ['BEST', 'LATEST', 'SUM'] as const) {
    for (const order of SORT_ORDERS) {
      const rule = { operator, sortOrder: order };
      expect(applyScore(null, { score: 7, seq: 1 }, rule)).toEqual({ orderKey: orderKeyOf(7, order), reachedSeq: 1 });
    }
  }
});

test.each([
  // operator, sort order, score submitted onto 100, score after
  ['BEST', 'DESCENDING', 101, 101],
  ['BEST', 'DESCENDING', 100, 'unmoved'],
  ['BEST', 'DESCENDING', 99, 'unmoved'],
  ['BEST', 'ASCENDING', 99, 99],
  ['BEST', 'ASCENDING', 100, 'unmoved'],
  ['BEST', 'ASCENDING', 101, 'unmoved'],
  ['LATEST', 'DESCENDING', 101, 101],
  ['LATEST', 'DESCENDING', 100, 'unmoved'],
  ['LATEST', 'DESCENDING', 99, 99],
  ['LATEST', 'ASCENDING', 99, 99],
  ['LATEST', 'ASCENDING', 100, 'unmoved'],
  ['LATEST', 'ASCENDING', 101, 101],
  ['SUM', 'DESCENDING', 5, 105],
  ['SUM', 'DESCENDING', 0, 'unmoved'],
  ['SUM', 'DESCENDING', -5, 95],
  ['SUM', 'ASCENDING', 5, 105],
  ['SUM', 'ASCENDING', 0, 'unmoved'],
  ['SUM', 'ASCENDING', -5, 95],
] as const)('%s %s: %d submitted onto 100 makes it %s', (operator, order, submitted, after) => {
  const current = { orderKey: orderKeyOf(100, order), reachedSeq: 1 };
  const entry = applyScore(current, { score: submitted, seq: 2 }, { operator, sortOrder: order });
  const moved = { orderKey: orderKeyOf(after === 'unmoved' ? Number.NaN : after, order), reachedSeq: 2 };
  expect(entry).toEqual(after === 'unmoved' ? current : moved);
});

test('a sum reaches the limit and does not pass it', () => {
  for (const order of SORT_ORDERS) {
    for (const sign of [1, -1]) {
      const rule = { operator: 'SUM', sortOrder: order } as const;
      const nearly = applyScore(null, { score: sign * (SCORE_MAX - 1), seq: 1 }, rule);
      const full = applyScore(nearly, { score: sign, seq: 2 }, rule);
      expect(full).toEqual({ orderKey: orderKeyOf(sign * SCORE_MAX, order), reachedSeq: 2 });
      expect(applyScore(full, { score: sign, seq: 3 }, rule)).toBeNull();
      expect(applyScore(full, { score: sign * SCORE_MAX, seq: 3 }, rule)).toBeNull();
    }
  }
});

test('a sum that comes back to zero is plain zero', () => {
  const entry = applyScore(
    { orderKey: -5, reachedSeq: 1 },
    { score: -5, seq: 2 },
    { operator: 'SUM', sortOrder: 'DESCENDING' },
  );
  expect(entry).toEqual({ orderKey: 0, reachedSeq: 2 });
});

test('the best entry does not depend on the order in which submissions are applied', () => {
  const submissions = fc
    .array(fc.integer({ min: -2, max: 2 }), { minLength: 1, maxLength: 6 })
    .map((scores) => scores.map((value, index) => ({ score: value, seq: index + 1 })));
  const shuffled = submissions.chain((all) =>
    fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
  );
  fc.assert(
    fc.property(shuffled, sortOrder, ([inOrder, inAnyOrder], order) => {
      const rule = { operator: 'BEST', sortOrder: order } as const;
      const best = (all: { score: number; seq: number }[]) =>
        all.reduce<EntryValue | null>((entry, one) => applyScore(entry, one, rule), null);
      const [first] = inOrder
        .map((one) => ({ orderKey: orderKeyOf(one.score, order), reachedSeq: one.seq }))
        .toSorted(compareEntries);
      expect(best(inOrder)).toEqual(first);
      expect(best(inAnyOrder)).toEqual(first);
    }),
  );
});
