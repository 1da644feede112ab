import { expect, test, vi } from 'vitest';
import { createSlot } from '../../src/async/slot.ts';
import { createListeners } from '../../src/live/listeners.ts';

function listen() {
  const onEmpty = vi.fn();
  const listeners = createListeners(onEmpty);
  const add = () =>
    listeners.add((closed) => ({ stream: createSlot<number>({ merge: (_unread, newer) => newer, closed }) }));
  return { listeners, add, onEmpty };
}

test('the last listener who leaves says so, and the one before does not', async () => {
  const { listeners, add, onEmpty } = listen();
  const [first, second] = [add(), add()];
  await first.stream.return?.();
  expect([...listeners.all]).toEqual([second]);
  expect(onEmpty).not.toHaveBeenCalled();
  await second.stream.return?.();
  expect(onEmpty).toHaveBeenCalledOnce();
});

test('a close ends all streams', async () => {
  const { listeners, add, onEmpty } = listen();
  const waiting = [add(), add()].map(({ stream }) => stream.next());
  listeners.close();
  expect(await Promise.all(waiting)).toEqual([{ done: true }, { done: true }]);
  expect([listeners.all.size, onEmpty.mock.calls.length]).toEqual([0, 1]);
});
