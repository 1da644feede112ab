import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { collect, endWatches, pass, scoresOf, startClock, watched } from './watchedBoard.ts';

beforeEach(startClock);
afterEach(endWatches);

test('whoever joins later starts with a snapshot of the known state, without another read', async () => {
  const { board, watch } = watched();
  board.score({ ada: 9, bea: 8 });
  collect(watch.watchTop(2));
  await pass(100);
  const later = collect(watch.watchTop(1));
  await pass(100);
  expect(board.reads).toHaveLength(1);
  expect(later).toMatchObject([{ snapshot: true, moves: [], totalCount: 2 }]);
  expect(scoresOf(later[0])).toEqual({ ada: 9 });
});

test('whoever joins later with more rows starts with a full snapshot', async () => {
  const { board, watch } = watched();
  board.score({ ada: 9, bea: 8, cem: 7 });
  collect(watch.watchTop(1));
  await pass(100);
  const later = collect(watch.watchTop(3));
  await pass(100);
  expect(later).toMatchObject([{ snapshot: true }]);
  expect(scoresOf(later[0])).toEqual({ ada: 9, bea: 8, cem: 7 });
});

test('whoever joins during a read with more rows starts with a full snapshot', async () => {
  const { board, watch } = watched();
  board.score({ ada: 9, bea: 8, cem: 7 });
  board.hold();
  collect(watch.watchTop(1));
  await pass(0);
  const later = collect(watch.watchTop(3));
  board.release();
  await pass(200);
  expect(scoresOf(later[0])).toEqual({ ada: 9, bea: 8, cem: 7 });
});

test('whoever joins with more rows does not disturb the others', async () => {
  const { board, watch } = watched();
  board.score({ ada: 9, bea: 8, cem: 7 });
  const events = collect(watch.watchTop(1));
  await pass(100);
  collect(watch.watchTop(3));
  await pass(100);
  expect(events).toHaveLength(1);
});

test('a watch lets go of everything when the last subscriber leaves', async () => {
  const { watch, onUnused } = watched('DAILY');
  const [one, other] = [watch.watchTop(10), watch.watchStanding('ada')];
  await pass(100);
  watch.recheck();
  await one.return?.();
  expect(onUnused).not.toHaveBeenCalled();
  expect(watch.live()).toBe(1);
  await other.return?.();
  expect(onUnused).toHaveBeenCalledOnce();
  expect(watch.live()).toBe(0);
  expect(vi.getTimerCount()).toBe(0);
});

test('a notice that comes when nobody is left starts nothing', async () => {
  const { board, watch } = watched();
  await watch.watchTop(10).return?.();
  watch.recheck();
  expect(vi.getTimerCount()).toBe(0);
  expect(board.reads).toEqual([]);
});

test('a read that ends when nobody is left starts nothing', async () => {
  const { board, watch } = watched('DAILY');
  board.hold();
  const slot = watch.watchTop(10);
  await pass(0);
  watch.recheck();
  await slot.return?.();
  board.release();
  await pass(100);
  expect(board.reads).toHaveLength(1);
  expect(vi.getTimerCount()).toBe(0);
});

test('whoever comes after a change that no subscriber has seen starts with the present state', async () => {
  const { board, watch } = watched();
  collect(watch.watchStanding('ada'));
  const first = watch.watchTop(10);
  await pass(100);
  await first.return?.();
  board.score({ ada: 9 });
  watch.recheck();
  await pass(100);
  const next = collect(watch.watchTop(10));
  await pass(100);
  expect(scoresOf(next[0])).toEqual({ ada: 9 });
});

test('what was read for a subscriber who has left is not served to the next one', async () => {
  const { board, watch } = watched();
  collect(watch.watchStanding('ada'));
  await pass(100);
  const first = watch.watchTop(10);
  board.hold();
  await pass(100);
  await first.return?.();
  board.release();
  await pass(100);
  board.score({ ada: 9 });
  watch.recheck();
  await pass(100);
  const next = collect(watch.watchTop(10));
  await pass(100);
  expect(scoresOf(next[0])).toEqual({ ada: 9 });
});

test('closing ends every stream', async () => {
  const { watch, onUnused } = watched();
  const waiting = [watch.watchTop(10), watch.watchTop(5), watch.watchStanding('ada')].map((slot) => slot.next());
  watch.close();
  const ends = await Promise.all(waiting);
  expect(ends.map(({ done }) => done)).toEqual([true, true, true]);
  expect(onUnused).toHaveBeenCalledOnce();
});
