import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  awardPrizes,
  flawOf,
  PRESET,
  type PrizeAmount,
  prizeAt,
  type PayoutRule,
} from '../../../src/domain/prizes/payoutRule.ts';
import { SCORE_MAX } from '../../../src/domain/leaderboards/standingOrder.ts';

const aRule = (parts: Partial<PayoutRule> = {}): PayoutRule => ({
  ranks: [],
  percentPrizes: [],
  participation: null,
  ...parts,
});
const standings = (size: number) =>
  Array.from({ length: size }, (_, index) => ({ playerId: `player ${index}`, rank: index + 1 }));
const total = (size: number, rule: PayoutRule) =>
  awardPrizes(standings(size), rule).reduce(
    (sum, { coins, gems }) => ({ coins: sum.coins + coins, gems: sum.gems + gems }),
    { coins: 0, gems: 0 },
  );

test.for([
  [0, 0, 0],
  [1, 5_000, 250],
  [3, 10_000, 500],
  [10, 17_000, 850],
  [50, 37_000, 1_850],
  [10_000, 37_000, 1_850],
] as const)('the preset awards %i players %i coins and %i gems', ([size, coins, gems]) => {
  expect(total(size, PRESET)).toEqual({ coins, gems });
});

test('a player gets the prize of the rank, else of the percentage, else for taking part', () => {
  const rule = aRule({
    ranks: [{ fromRank: 1, toRank: 2, coins: 100, gems: 0 }],
    percentPrizes: [{ fromPercent: 0, toPercent: 50, coins: 10, gems: 0 }],
    participation: { coins: 1, gems: 0 },
  });
  expect(awardPrizes(standings(10), rule).map(({ coins }) => coins)).toEqual([100, 100, 10, 10, 10, 1, 1, 1, 1, 1]);
});

test.for([
  [1, 1, true],
  [1, 9, true],
  [2, 9, false],
  [1, 10, true],
  [2, 10, false],
  [2, 11, true],
  [3, 11, false],
  [10, 100, true],
  [11, 100, false],
] as const)('rank %i of %i lies in the first tenth: %s', ([rank, size, isIn]) => {
  const rule = aRule({ percentPrizes: [{ fromPercent: 0, toPercent: 10, coins: 1, gems: 0 }] });
  expect(prizeAt(rank, size, rule) !== null).toBe(isIn);
});

test('whoever is first is in the range that begins at 0, however small it and however large the field', () => {
  const rule = aRule({ percentPrizes: [{ fromPercent: 0, toPercent: 0.01, coins: 1, gems: 0 }] });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2 ** 31 - 1 }), (size) => {
      expect(prizeAt(1, size, rule)).toEqual({ coins: 1, gems: 0 });
    }),
  );
});

test('ranges that join from 0 to 100 give each player of every field one prize, the better ranks the earlier one', () => {
  const bounds = fc.uniqueArray(fc.integer({ min: 1, max: 9_999 }), { maxLength: 20 });
  fc.assert(
    fc.property(bounds, fc.integer({ min: 1, max: 300 }), (inner, size) => {
      const ends = [...inner.toSorted((a, b) => a - b), 10_000];
      const percentPrizes = ends.map((end, index) => ({
        fromPercent: (ends[index - 1] ?? 0) / 100,
        toPercent: end / 100,
        coins: index + 1,
        gems: 0,
      }));
      const whole = aRule({ percentPrizes });
      expect(flawOf(whole, null)).toBeNull();
      const given = awardPrizes(standings(size), whole).map(({ coins }) => coins);
      expect(given).toHaveLength(size);
      expect(given[0]).toBe(1);
      expect(given).toEqual(given.toSorted((a, b) => a - b));
      for (let rank = 1; rank <= size; rank += 1) {
        const holding = percentPrizes.filter(
          (percent) => prizeAt(rank, size, aRule({ percentPrizes: [percent] })) !== null,
        );
        expect(holding).toHaveLength(1);
      }
    }),
  );
});

const amount = fc.record({ coins: fc.nat({ max: 1_000 }), gems: fc.integer({ min: 1, max: 1_000 }) });
/** Tiers in order, each beginning at some distance from the last. */
const ranges = (unit: number) =>
  fc.array(fc.tuple(fc.nat({ max: 5 }), fc.integer({ min: 1, max: 9 }), amount), { maxLength: 8 }).map((steps) => {
    let end = 0;
    return steps.map(([gap, length, prize]) => {
      const from = end + gap;
      end = from + length;
      return { from: from * unit, to: end * unit, ...prize };
    });
  });
const rules: fc.Arbitrary<PayoutRule> = fc.record({
  ranks: ranges(1).map((tiers) =>
    tiers.map(({ from, to, ...prize }) => ({ fromRank: from + 1, toRank: to, ...prize })),
  ),
  percentPrizes: ranges(0.25).map((tiers) =>
    tiers.map(({ from, to, ...prize }) => ({ fromPercent: from, toPercent: to, ...prize })),
  ),
  participation: fc.option(amount),
});

test('what is awarded adds up to what the rule says for any number of players', () => {
  fc.assert(
    fc.property(rules, fc.nat({ max: 500 }), (rule, size) => {
      expect(flawOf(rule, 10_000)).toBeNull();
      const awards = awardPrizes(standings(size), rule);
      expect(new Set(awards.map(({ playerId }) => playerId)).size).toBe(awards.length);

      // The slow and obvious way: lay the tiers over the ranks, the strongest last.
      const laid = Array.from({ length: size }, (): PrizeAmount | null => rule.participation);
      for (const { fromPercent, toPercent, coins, gems } of rule.percentPrizes) {
        for (let rank = 1; rank <= size; rank += 1) {
          const ahead = BigInt(rank - 1) * 10_000n;
          const hasBegun = ahead >= BigInt(fromPercent * 100) * BigInt(size);
          const hasEnded = ahead >= BigInt(toPercent * 100) * BigInt(size);
          if (hasBegun && !hasEnded) laid[rank - 1] = { coins, gems };
        }
      }
      for (const { fromRank, toRank, coins, gems } of rule.ranks) {
        for (let rank = fromRank; rank <= Math.min(toRank, size); rank += 1) laid[rank - 1] = { coins, gems };
      }
      const sum = (currency: 'coins' | 'gems') => laid.reduce((all, prize) => all + (prize?.[currency] ?? 0), 0);
      expect(total(size, rule)).toEqual({ coins: sum('coins'), gems: sum('gems') });
    }),
  );
});

const tier = { fromRank: 1, toRank: 1, coins: 1, gems: 0 };
const percent = { fromPercent: 0, toPercent: 10, coins: 1, gems: 0 };

test.for<[what: string, rule: Partial<PayoutRule>, field: string]>([
  ['a rank before the first', { ranks: [{ ...tier, fromRank: 0 }] }, 'ranks'],
  ['ranks backwards', { ranks: [{ ...tier, fromRank: 5, toRank: 4 }] }, 'ranks'],
  [
    'a rank in two tiers',
    {
      ranks: [
        { ...tier, toRank: 3 },
        { ...tier, fromRank: 3, toRank: 9 },
      ],
    },
    'ranks',
  ],
  ['a debt', { ranks: [{ ...tier, coins: -1 }] }, 'ranks'],
  ['nothing as a prize', { participation: { coins: 0, gems: 0 } }, 'participation'],
  ['more than all', { percentPrizes: [{ ...percent, toPercent: 101 }] }, 'percentPrizes'],
  ['percentages backwards', { percentPrizes: [{ ...percent, fromPercent: 10 }] }, 'percentPrizes'],
  ['a thousandth of a percent', { percentPrizes: [{ ...percent, toPercent: 0.001 }] }, 'percentPrizes'],
  ['not a number', { percentPrizes: [{ ...percent, toPercent: Number.NaN }] }, 'percentPrizes'],
  [
    'a percentage in two tiers',
    { percentPrizes: [percent, { ...percent, fromPercent: 9, toPercent: 20 }] },
    'percentPrizes',
  ],
  [
    '101 tiers',
    { ranks: Array.from({ length: 101 }, (_, n) => ({ ...tier, fromRank: n + 1, toRank: n + 1 })) },
    'ranks',
  ],
  ['a sum past 2^53-1 by ranks', { ranks: [{ ...tier, coins: SCORE_MAX, toRank: 2 }] }, 'ranks'],
  ['a sum past 2^53-1 by entrants', { participation: { coins: Math.ceil(SCORE_MAX / 9_999), gems: 0 } }, 'ranks'],
])('%s is refused', ([, rule, field]) => {
  expect(flawOf(aRule(rule), 10_000)?.field).toBe(field);
});

test('the preset and tiers that touch are taken', () => {
  expect(flawOf(PRESET, null)).toBeNull();
  expect(flawOf(aRule({ percentPrizes: [percent, { ...percent, fromPercent: 10, toPercent: 100 }] }), null)).toBeNull();
});
