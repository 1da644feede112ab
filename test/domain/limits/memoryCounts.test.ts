import { expect, test } from 'vitest';
import { parseRateLimits, type RateLimits } from '../../../src/domain/limits/rateLimits.ts';
import { createMemoryCounts } from '../../../src/domain/limits/memoryCounts.ts';
import { createRateLimiter } from '../../../src/redis/rateLimits.ts';
import { heldBytes } from '../../setup/memory.ts';

/** As an address is cut out of X-Forwarded-For. */
function cutOut(index: number): string {
  const header = `${'x'.repeat(10_000)}, 100.${(index >> 16) & 255}.${(index >> 8) & 255}.${index & 255}`;
  return header.split(', ')[1] ?? '';
}

test('two windows are held, and what is older is dropped as a whole', () => {
  const counts = createMemoryCounts(10);
  expect([counts.add('ada', 1, 2), counts.add('ada', 1, 3), counts.add('bea', 1, 1)]).toEqual([2, 5, 1]);
  expect(counts.add('ada', 2, 1)).toBe(1);
  expect([counts.get('ada', 1), counts.get('bea', 1), counts.get('ada', 2)]).toEqual([5, 1, 1]);
  counts.add('bea', 3, 1);
  expect([counts.get('ada', 1), counts.get('ada', 2), counts.size()]).toEqual([0, 1, 2]);
  counts.add('bea', 9, 1);
  expect([counts.get('bea', 8), counts.size()]).toEqual([0, 1]);
});

test('what is taken back counts no more, also in the window before, and never below nothing', () => {
  const counts = createMemoryCounts(10);
  counts.add('ada', 1, 5);
  counts.add('ada', 2, 5);
  counts.takeBack('ada', 1, 2);
  counts.takeBack('ada', 2, 9);
  counts.takeBack('ada', 0, 1);
  counts.takeBack('bea', 2, 1);
  expect([counts.get('ada', 1), counts.get('ada', 2), counts.size()]).toEqual([3, 0, 2]);
});

test('a clock that is set back a little goes on counting, and one that is set back far begins again', () => {
  const counts = createMemoryCounts(10);
  counts.add('ada', 100, 1);
  counts.add('ada', 101, 1);
  expect(counts.add('ada', 100, 1)).toBe(2);
  expect(counts.get('ada', 101)).toBe(1);
  expect([counts.add('ada', 50, 1), counts.get('ada', 49), counts.size()]).toEqual([1, 0, 1]);
});

test('of more keys than it may hold, the ones that came last are held', () => {
  const counts = createMemoryCounts(100);
  for (let index = 0; index < 1_000; index += 1) counts.add(`player ${index}`, 1, 1);
  expect([counts.size(), counts.get('player 899', 1), counts.get('player 900', 1)]).toEqual([100, 0, 1]);
});

test('a key that was cut out of a header does not keep the header in memory', () => {
  const counts = createMemoryCounts(10_000);
  const before = heldBytes();
  for (let index = 0; index < 5_000; index += 1) counts.add(cutOut(index), 1, 1);
  expect(heldBytes() - before).toBeLessThan(2_000_000);
  expect(counts.size()).toBe(5_000);
});

test('200 000 addresses cost a limiter in memory no timer and less than 10 MB', async () => {
  const limiter = createRateLimiter(parseRateLimits('on') as RateLimits, null);
  const timers = () => process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length;
  const [timersBefore, before] = [timers(), heldBytes()];
  for (let index = 0; index < 200_000; index += 1) {
    const key = `2001:db8:${(index >> 16).toString(16)}:${(index & 0xff_ff).toString(16)}::/64`;
    await limiter.consume([{ name: 'read', key, cost: 1 }]);
  }
  expect(heldBytes() - before).toBeLessThan(10_000_000);
  expect(timers()).toBe(timersBefore);
});
