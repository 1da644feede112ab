import { expect, test, vi } from 'vitest';
import { createQueue } from '../../src/async/queue.ts';

const DONE = { value: undefined, done: true };

function aQueue(max = 3) {
  const closed = vi.fn();
  return { queue: createQueue<number>({ max, closed }), closed };
}

test('every value arrives, in order, however late it is read', async () => {
  const { queue } = aQueue();
  const first = queue.next();
  for (const value of [1, 2, 3, 4]) queue.offer(value);
  expect(await first).toEqual({ value: 1, done: false });
  for (const value of [2, 3, 4]) expect(await queue.next()).toEqual({ value, done: false });
});

test('one value too many ends the queue after what it holds, and lets go of it at once', async () => {
  const { queue, closed } = aQueue();
  for (const value of [1, 2, 3]) queue.offer(value);
  expect(closed).not.toHaveBeenCalled();
  queue.offer(4);
  expect(closed).toHaveBeenCalledOnce();
  queue.offer(5);
  for (const value of [1, 2, 3]) expect(await queue.next()).toEqual({ value, done: false });
  expect(await queue.next()).toEqual(DONE);
  await queue.return?.();
  expect(closed).toHaveBeenCalledOnce();
});

test('a queue that is returned settles its reader, drops what was unread and takes nothing more', async () => {
  const { queue, closed } = aQueue();
  const waiting = queue.next();
  expect(await queue.return?.()).toEqual(DONE);
  expect(await waiting).toEqual(DONE);
  const { queue: full } = aQueue();
  full.offer(1);
  await full.return?.();
  full.offer(2);
  expect(await full.next()).toEqual(DONE);
  expect(closed).toHaveBeenCalledOnce();
});
