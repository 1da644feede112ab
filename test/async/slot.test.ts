import { expect, test, vi } from 'vitest';
import { createSlot } from '../../src/async/slot.ts';

const DONE = { value: undefined, done: true };

function aSlot() {
  const closed = vi.fn();
  const merge = vi.fn((unread: string, newer: string) => `${unread}+${newer}`);
  return { slot: createSlot<string>({ merge, closed }), merge, closed };
}

test('values that are read in time come one by one', async () => {
  const { slot, merge } = aSlot();
  const first = slot.next();
  slot.offer('a');
  expect(await first).toEqual({ value: 'a', done: false });
  slot.offer('b');
  expect(await slot.next()).toEqual({ value: 'b', done: false });
  expect(merge).not.toHaveBeenCalled();
});

test('a value that is not read yet is merged with the newer one', async () => {
  const { slot } = aSlot();
  slot.offer('a');
  slot.offer('b');
  slot.offer('c');
  expect(await slot.next()).toEqual({ value: 'a+b+c', done: false });
});

test('a reader who never reads costs one value, however many are offered', async () => {
  const merge = vi.fn((_unread: number, newer: number) => newer);
  const slot = createSlot<number>({ merge, closed: () => {} });
  for (let value = 1; value <= 100_000; value += 1) slot.offer(value);
  expect(merge).toHaveBeenCalledTimes(99_999);
  expect(await slot.next()).toEqual({ value: 100_000, done: false });
  const rest = slot.next();
  void slot.return?.();
  expect(await rest).toEqual(DONE);
});

test('a reader who waits is let go at once when the slot is returned', async () => {
  const { slot, closed } = aSlot();
  const waiting = slot.next();
  expect(await slot.return?.()).toEqual(DONE);
  expect(await waiting).toEqual(DONE);
  expect(closed).toHaveBeenCalledOnce();
});

test('a slot closes once, however often it is ended', async () => {
  const { slot, closed } = aSlot();
  await slot.return?.();
  await slot.return?.();
  await expect(slot.throw?.(new Error('the client is gone'))).rejects.toThrow('the client is gone');
  expect(closed).toHaveBeenCalledOnce();
});

test('an error ends the slot as well', async () => {
  const { slot, closed } = aSlot();
  const waiting = slot.next();
  await expect(slot.throw?.(new Error('the client is gone'))).rejects.toThrow('the client is gone');
  expect(await waiting).toEqual(DONE);
  expect(closed).toHaveBeenCalledOnce();
});

test('a closed slot drops what was unread and takes nothing more', async () => {
  const { slot, merge } = aSlot();
  slot.offer('unread');
  await slot.return?.();
  slot.offer('late');
  slot.offer('later');
  expect(await slot.next()).toEqual(DONE);
  expect(merge).not.toHaveBeenCalled();
});

test('a loop over a slot ends it when it is left', async () => {
  const { slot, closed } = aSlot();
  slot.offer('a');
  for await (const value of slot) {
    expect(value).toBe('a');
    break;
  }
  expect(closed).toHaveBeenCalledOnce();
});

test('what is pulled is handed over as it is offered, and the next value may be pulled on the way', () => {
  const { slot, merge } = aSlot();
  const taken: unknown[] = [];
  const pull = () =>
    slot.pull((result) => {
      taken.push(result.done ? 'end' : result.value);
      if (!result.done) pull();
    });
  slot.offer('a');
  pull();
  for (const value of ['b', 'c']) slot.offer(value);
  void slot.return?.();
  expect(taken).toEqual(['a', 'b', 'c', 'end']);
  expect(merge).not.toHaveBeenCalled();
});
