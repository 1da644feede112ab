import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createLane } from '../../src/async/lane.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  const left = vi.getTimerCount();
  vi.useRealTimers();
  if (left > 0) throw new Error(`${left} timers were left behind`);
});

const wanted = new AbortController().signal;
const OVERLOADED = expect.objectContaining({ code: 'OVERLOADED' });

/** Work that ends when it is told to, and says that it has begun. */
function heldWork() {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const work = vi.fn(() => promise);
  return { work, end: () => resolve('done'), fail: () => reject(new Error('failed')) };
}

test('as many run at once as the lane is wide, and the others in the order of their coming', async () => {
  const lane = createLane({ width: 2, waitingMax: 10, waitMs: 1_000 });
  const works = [heldWork(), heldWork(), heldWork(), heldWork()];
  const answers = works.map(({ work }) => lane.run(work, wanted));
  await vi.advanceTimersByTimeAsync(0);
  const begun = () => works.map(({ work }) => work.mock.calls.length);
  expect(begun()).toEqual([1, 1, 0, 0]);
  works[1]?.end();
  await answers[1];
  expect(begun()).toEqual([1, 1, 1, 0]);
  works[0]?.end();
  await answers[0];
  expect(begun()).toEqual([1, 1, 1, 1]);
  for (const { end } of works) end();
  expect(await Promise.all(answers)).toEqual(['done', 'done', 'done', 'done']);
});

test('a failure makes room as a success does', async () => {
  const lane = createLane({ width: 1, waitingMax: 10, waitMs: 1_000 });
  const [bad, good] = [heldWork(), heldWork()];
  const failed = lane.run(bad.work, wanted);
  const answer = lane.run(good.work, wanted);
  bad.fail();
  await expect(failed).rejects.toThrow('failed');
  good.end();
  expect(await answer).toBe('done');
});

test('what waits too long, finds too many waiting, or is wanted no more is refused and never begun', async () => {
  const lane = createLane({ width: 1, waitingMax: 2, waitMs: 1_000 });
  const running = heldWork();
  const answer = lane.run(running.work, wanted);
  const left = new AbortController();
  const works = [heldWork(), heldWork(), heldWork()];
  const [late, gone, refused] = works.map(({ work }, index) =>
    lane.run(work, index === 1 ? left.signal : wanted).catch((error: unknown) => error),
  );
  expect(await refused).toEqual(OVERLOADED);
  left.abort();
  expect(await gone).toEqual(OVERLOADED);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(await late).toEqual(OVERLOADED);
  await expect(lane.run(heldWork().work, left.signal)).rejects.toEqual(OVERLOADED);
  running.end();
  expect(await answer).toBe('done');
  for (const { work } of works) expect(work).not.toHaveBeenCalled();
  const next = heldWork();
  next.end();
  expect(await lane.run(next.work, wanted)).toBe('done');
});
