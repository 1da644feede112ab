import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { msUntilFits, usedOf, windowAt, type Windows } from '../../../src/domain/limits/slidingWindow.ts';

const limits = fc.record({ count: fc.integer({ min: 1, max: 200 }), windowMs: fc.integer({ min: 1, max: 20_000 }) });

test('in any span, at most the limit passes, and as much more as the span is of a window', () => {
  const times = fc.array(fc.integer({ min: 0, max: 60_000 }), { minLength: 1, maxLength: 300 });
  fc.assert(
    fc.property(limits, times, (limit, hits) => {
      const passed = passing(
        hits.toSorted((a, b) => a - b),
        limit,
      );
      for (const [first, from] of passed.entries()) {
        for (const [more, to] of passed.slice(first).entries()) {
          const span = (to - from) / limit.windowMs;
          expect(span >= 1 || more + 1 <= limit.count * (1 + span)).toBe(true);
        }
      }
    }),
  );
});

test('of hits that keep coming, as many pass in the long run as the limit says', () => {
  const limit = { count: 10, windowMs: 1_000 };
  const everyMs = Array.from({ length: 100_000 }, (_, timeMs) => timeMs);
  const passed = passing(everyMs, limit).length;
  expect(passed).toBeLessThanOrEqual(1_000 + limit.count);
  expect(passed).toBeGreaterThan(900);
});

test('after the wait that is told a cost fits, and not a millisecond before', () => {
  fc.assert(
    fc.property(limits, fc.nat(), fc.nat(), fc.nat(), fc.nat(), (limit, ...[cost, before, now, elapsed]) => {
      const price = 1 + (cost % limit.count);
      const windows = { before: before % 400, now: now % (limit.count + 1), elapsedMs: elapsed % limit.windowMs };
      const waitMs = msUntilFits(price, windows, limit);
      const fits = (ms: number) => usedOf(after(ms, windows, limit.windowMs), limit) + price <= limit.count;
      expect(fits(waitMs)).toBe(true);
      expect(waitMs > 0 && fits(waitMs - 1)).toBe(false);
    }),
  );
});

/** The times of the hits that pass, counted as two windows are. */
function passing(hits: number[], limit: { count: number; windowMs: number }): number[] {
  const counts = new Map<number, number>();
  return hits.filter((timeMs) => {
    const { index, elapsedMs } = windowAt(timeMs, limit.windowMs);
    const now = (counts.get(index) ?? 0) + 1;
    const isPassing = usedOf({ before: counts.get(index - 1) ?? 0, now, elapsedMs }, limit) <= limit.count;
    if (isPassing) counts.set(index, now);
    return isPassing;
  });
}

function after(ms: number, { before, now, elapsedMs }: Windows, windowMs: number): Windows {
  const { index, elapsedMs: gone } = windowAt(elapsedMs + ms, windowMs);
  if (index === 0) return { before, now, elapsedMs: gone };
  return { before: index === 1 ? now : 0, now: 0, elapsedMs: gone };
}
