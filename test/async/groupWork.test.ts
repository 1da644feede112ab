import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, expect, test, vi } from 'vitest';
import { createGroupWork } from '../../src/async/groupWork.ts';

type Group = { items: string[]; finish(): void; fail(): void };

afterEach(() => {
  vi.useRealTimers();
});

/** Work that is done when the test says so. The answer to `a` is `A`. */
function byHand(options: { sizeMax?: number; waitingMax?: number; groupsMax?: number } = {}) {
  const groups: Group[] = [];
  const work = (items: string[]) => {
    const { promise, resolve, reject } = Promise.withResolvers<string[]>();
    groups.push({
      items,
      finish: () => resolve(answersTo(items)),
      fail: () => reject(new Error('the database is away')),
    });
    return promise;
  };
  const { sizeMax = 10, waitingMax = 100, groupsMax = 1 } = options;
  const keyOf = (item: string) => item.charAt(0);
  /** The group that is being worked on. */
  const current = async () => {
    await turn();
    const group = groups.at(-1);
    if (!group) throw new Error('nothing is being worked on');
    return group;
  };
  return { ...createGroupWork({ work, sizeMax, waitingMax, groupsMax, keyOf }), groups, current };
}

test('a lone item is worked on at once, without a timer', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'setInterval'] });
  const { add } = createGroupWork({ work: async (items: string[]) => answersTo(items), sizeMax: 10, waitingMax: 10 });
  const answer = add('a');
  expect(vi.getTimerCount()).toBe(0);
  expect(await answer).toBe('A');
});

test('items that are added in the same turn share a group', async () => {
  const { add, current } = byHand();
  const answers = Promise.all([add('a'), add('b'), add('c')]);
  const group = await current();
  expect(group.items).toEqual(['a', 'b', 'c']);
  group.finish();
  expect(await answers).toEqual(['A', 'B', 'C']);
});

test('items that arrive while a group is worked on share the next one', async () => {
  const { add, groups, current } = byHand();
  const first = add('a');
  const group = await current();
  const second = add('b');
  await turn();
  const third = add('c');
  await turn();
  expect(groups).toHaveLength(1);
  group.finish();
  expect(await first).toBe('A');
  const next = await current();
  expect(next.items).toEqual(['b', 'c']);
  next.finish();
  expect(await Promise.all([second, third])).toEqual(['B', 'C']);
});

test('two groups are worked on at once, but none whose items have an earlier one of their key in the other', async () => {
  const { add, groups, current } = byHand({ groupsMax: 2 });
  const first = Promise.all([add('a1'), add('b1')]);
  const one = await current();
  const second = Promise.all([add('c1'), add('a2')]);
  const two = await current();
  const third = Promise.all([add('a3'), add('d1')]);
  await turn();
  expect(groups.map(({ items }) => items)).toEqual([['a1', 'b1'], ['c1']]);
  two.finish();
  const three = await current();
  expect(three.items).toEqual(['d1']);
  one.finish();
  expect(await first).toEqual(['A1', 'B1']);
  const four = await current();
  expect(four.items).toEqual(['a2', 'a3']);
  four.finish();
  three.finish();
  expect(await second).toEqual(['C1', 'A2']);
  expect(await third).toEqual(['A3', 'D1']);
});

test('a group takes no more items than it may, in the order of their arrival', async () => {
  const groups: string[][] = [];
  const work = async (items: string[]) => {
    groups.push(items);
    return answersTo(items);
  };
  const { add } = createGroupWork({ work, sizeMax: 2, waitingMax: 10 });
  await Promise.all(['a', 'b', 'c', 'd', 'e'].map(add));
  expect(groups).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
});

test('a group that fails is tried again item by item, and only the bad one fails', async () => {
  const groups: string[][] = [];
  const work = async (items: string[]) => {
    groups.push(items);
    if (items.includes('bad')) throw new Error('bad cannot be stored');
    return answersTo(items);
  };
  const { add } = createGroupWork({ work, sizeMax: 10, waitingMax: 10 });
  const [a, bad, c] = await Promise.allSettled([add('a'), add('bad'), add('c')]);
  expect(a).toEqual({ status: 'fulfilled', value: 'A' });
  expect(bad).toEqual({ status: 'rejected', reason: new Error('bad cannot be stored') });
  expect(c).toEqual({ status: 'fulfilled', value: 'C' });
  expect(groups).toEqual([['a', 'bad', 'c'], ['a'], ['bad'], ['c']]);
});

test('an item that fails does not hold up those that wait', async () => {
  const { add, current } = byHand();
  const first = add('a');
  const group = await current();
  const second = add('b');
  group.fail();
  await expect(first).rejects.toThrow('the database is away');
  const next = await current();
  expect(next.items).toEqual(['b']);
  next.finish();
  expect(await second).toBe('B');
});

test('an item that gets no answer fails, and the others have theirs', async () => {
  const { add } = createGroupWork({ work: async () => ['A'], sizeMax: 10, waitingMax: 10 });
  const [a, b] = await Promise.allSettled([add('a'), add('b')]);
  expect(a).toEqual({ status: 'fulfilled', value: 'A' });
  expect(b).toMatchObject({ status: 'rejected', reason: { message: 'a group was answered short' } });
});

test('an item is turned away while too many wait, and taken again afterwards', async () => {
  const { add, current } = byHand({ waitingMax: 2 });
  const first = add('a');
  const group = await current();
  const waiting = Promise.all([add('b'), add('c')]);
  await expect(add('d')).rejects.toMatchObject({ code: 'OVERLOADED' });
  group.finish();
  await first;
  const next = await current();
  const again = add('d');
  next.finish();
  expect(await waiting).toEqual(['B', 'C']);
  const last = await current();
  expect(last.items).toEqual(['d']);
  last.finish();
  expect(await again).toBe('D');
});

test('it is drained when all that was added is done, what was added meanwhile included', async () => {
  const { add, drained, current } = byHand();
  const done: string[] = [];
  const note = (answer: string) => void done.push(answer);
  const first = add('a').then(note);
  const isDrained = drained().then(() => note('drained'));
  const group = await current();
  const second = add('b').then(note);
  group.finish();
  const next = await current();
  expect(done).toEqual(['A']);
  next.finish();
  await Promise.all([first, second, isDrained]);
  expect(done).toEqual(['A', 'B', 'drained']);
});

test('it is drained before anything is added, and after a failure', async () => {
  const { add, drained, current } = byHand();
  await drained();
  const failed = add('a');
  const group = await current();
  group.fail();
  await expect(failed).rejects.toThrow('the database is away');
  await drained();
});

function answersTo(items: string[]): string[] {
  return items.map((item) => item.toUpperCase());
}
