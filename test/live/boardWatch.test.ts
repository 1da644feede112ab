import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { collect, endWatches, movesOf, pass, scoresOf, startClock, watched } from './watchedBoard.ts';

beforeEach(startClock);
afterEach(endWatches);

test('the first event is a snapshot of the board', async () => {
  const { board, watch } = watched();
  board.score({ ada: 9, bea: 8 });
  const events = collect(watch.watchTop(10));
  await pass(0);
  expect(events).toMatchObject([{ snapshot: true, moves: [], revision: 1, periodKey: 'ALL', totalCount: 2 }]);
  expect(scoresOf(events[0])).toEqual({ ada: 9, bea: 8 });
});

test('a board that nobody has scored on is an empty snapshot', async () => {
  const { watch } = watched();
  const events = collect(watch.watchTop(10));
  await pass(0);
  expect(events).toMatchObject([{ snapshot: true, standings: [], totalCount: 0 }]);
});

test('each event moves on from the one before', async () => {
  const { board, watch } = watched();
  board.score({ ada: 9, bea: 8 });
  const events = collect(watch.watchTop(2));
  await pass(100);
  const changes: Record<string, number>[] = [
    { ada: 9, bea: 10 },
    { ada: 9, bea: 10, cem: 11 },
    { ada: 9, bea: 12, cem: 11 },
  ];
  for (const scores of changes) {
    board.score(scores);
    watch.recheck();
    await pass(100);
  }
  expect(events.map(({ snapshot }) => snapshot)).toEqual([true, false, false, false]);
  expect(events.slice(1).map(movesOf)).toEqual([
    ['bea UP', 'ada DOWN'],
    ['cem ENTERED', 'bea DOWN', 'ada LEFT'],
    ['bea UP', 'cem DOWN'],
  ]);
});

test('a board that has not changed makes no event', async () => {
  const { board, watch } = watched();
  const events = collect(watch.watchTop(10));
  await pass(100);
  watch.recheck();
  await pass(100);
  expect(board.reads).toHaveLength(2);
  expect(events).toHaveLength(1);
});

test('a period that nobody has scored in is told once, though its revision moves with the periods before it', async () => {
  const { board, watch } = watched('DAILY');
  const events = collect(watch.watchTop(10));
  await pass(100);
  board.score({});
  watch.recheck();
  await pass(100);
  expect(events).toMatchObject([{ snapshot: true, totalCount: 0 }]);
  board.score({ ada: 5 });
  watch.recheck();
  await pass(100);
  expect(events.slice(1)).toMatchObject([{ snapshot: false, totalCount: 1 }]);
  board.score({});
  watch.recheck();
  await pass(100);
  expect(events.slice(2)).toMatchObject([{ snapshot: false, totalCount: 0 }]);
});

test('a burst is merged to at most ten reads a second, and the last state arrives', async () => {
  const { board, watch } = watched();
  const events = collect(watch.watchTop(10));
  for (let score = 1; score <= 1_000; score += 1) {
    board.score({ ada: score });
    watch.recheck();
    await pass(1);
  }
  await pass(100);
  const pauses = board.reads.slice(1).map((at, index) => at - (board.reads[index] ?? 0));
  expect(Math.min(...pauses)).toBeGreaterThanOrEqual(100);
  expect(events.length).toBeGreaterThanOrEqual(10);
  expect(events.length).toBeLessThanOrEqual(12);
  expect(scoresOf(events.at(-1))).toEqual({ ada: 1_000 });
});

test('a change during a read is read afterwards', async () => {
  const { board, watch } = watched();
  board.hold();
  const events = collect(watch.watchTop(10));
  await pass(0);
  board.score({ ada: 9 });
  watch.recheck();
  board.release();
  await pass(100);
  expect(events.map(scoresOf)).toEqual([{}, { ada: 9 }]);
});

test('a board that is slow to read is read for a third of the time at most', async () => {
  const { board, watch } = watched();
  board.hold();
  collect(watch.watchTop(10));
  await pass(300);
  watch.recheck();
  board.release();
  await pass(599);
  expect(board.reads).toHaveLength(1);
  await pass(1);
  expect(board.reads).toHaveLength(2);
});

test('a subscriber who was too slow for an event gets the last state as a snapshot', async () => {
  const { board, watch } = watched();
  const slow = watch.watchTop(10);
  const events = collect(watch.watchTop(10));
  await pass(100);
  await slow.next();
  for (const score of [1, 2, 3]) {
    board.score({ ada: score });
    watch.recheck();
    await pass(100);
  }
  const { value } = await slow.next();
  expect(value).toMatchObject({ snapshot: true, moves: [], revision: 3 });
  expect(scoresOf(value)).toEqual({ ada: 3 });
  expect(events.map(({ snapshot }) => snapshot)).toEqual([true, false, false, false]);
});

test('a subscriber who has caught up again gets moves again', async () => {
  const { board, watch } = watched();
  const slow = watch.watchTop(10);
  await pass(100);
  board.score({ ada: 1 });
  watch.recheck();
  await pass(100);
  await slow.next();
  board.score({ ada: 2 });
  watch.recheck();
  await pass(100);
  const { value } = await slow.next();
  expect(value?.snapshot).toBe(false);
  expect(movesOf(value)).toEqual(['ada SCORED']);
});

test('a read that fails is logged and tried again after a second', async () => {
  const { board, watch, log } = watched();
  board.score({ ada: 9 });
  board.isBroken = true;
  const events = collect(watch.watchTop(10));
  await pass(999);
  expect(log.error).toHaveBeenCalledOnce();
  board.isBroken = false;
  expect(board.reads).toHaveLength(1);
  await pass(1);
  expect(board.reads).toHaveLength(2);
  expect(events.map(scoresOf)).toEqual([{ ada: 9 }]);
});

test('notices do not hurry a board that could not be read', async () => {
  const { board, watch } = watched();
  board.isBroken = true;
  collect(watch.watchTop(10));
  for (let ms = 0; ms < 1_000; ms += 10) {
    watch.recheck();
    await pass(10);
  }
  expect(board.reads.length).toBeLessThanOrEqual(2);
});

test('after a failed read the moves are those since the event before it', async () => {
  const { board, watch } = watched();
  board.score({ ada: 9 });
  const events = collect(watch.watchTop(10));
  await pass(100);
  board.isBroken = true;
  board.score({ ada: 9, bea: 8 });
  watch.recheck();
  await pass(100);
  board.isBroken = false;
  board.score({ ada: 9, bea: 10 });
  await pass(1_000);
  expect(events.map(({ snapshot }) => snapshot)).toEqual([true, false]);
  expect(movesOf(events[1])).toEqual(['bea ENTERED', 'ada DOWN']);
});

test('the next period starts with a snapshot, without a notice', async () => {
  const { watch } = watched('DAILY');
  const events = collect(watch.watchTop(10));
  await pass(12 * 60 * 60 * 1_000 + 1_000);
  expect(events).toMatchObject([
    { periodKey: '2026-11-21', snapshot: true },
    { periodKey: '2026-11-22', snapshot: true, moves: [] },
  ]);
});

test('a period that lasts longer than a timer can is watched to its end', async () => {
  vi.setSystemTime(new Date('2026-12-01T00:00:00Z'));
  const { board, watch } = watched('MONTHLY');
  const events = collect(watch.watchTop(10));
  await pass(31 * 86_400_000 + 1_000);
  expect(events.map(({ periodKey }) => periodKey)).toEqual(['2026-12', '2027-01']);
  expect(board.reads.length).toBeLessThan(40);
});

test('the database says when a period begins: it is asked each second until it does', async () => {
  vi.setSystemTime(new Date('2026-11-21T23:59:59Z'));
  const { board, watch } = watched('DAILY');
  board.setPeriod('2026-11-21');
  const events = collect(watch.watchTop(10));
  await pass(5_000);
  expect(events).toHaveLength(1);
  expect(board.reads.length).toBeLessThanOrEqual(6);
  board.setPeriod('2026-11-22');
  await pass(1_000);
  expect(events.map(({ periodKey }) => periodKey)).toEqual(['2026-11-21', '2026-11-22']);
});

test('a period that ends between two reads of one round is noticed by both kinds of stream', async () => {
  const { board, watch } = watched('DAILY');
  board.setPeriod('2026-11-20');
  board.score({ ada: 9 });
  const tops = collect(watch.watchTop(10));
  const standings = collect(watch.watchStanding('ada'));
  board.afterTopRead = () => board.setPeriod('2026-11-21');
  await pass(3_000);
  expect(standings.at(-1)).toMatchObject({ periodKey: '2026-11-21' });
  expect(tops.at(-1)).toMatchObject({ periodKey: '2026-11-21' });
});

test('each subscriber has as many rows as asked for', async () => {
  const { board, watch } = watched();
  board.score({ ada: 9, bea: 8, cem: 7 });
  const two = collect(watch.watchTop(2));
  const five = collect(watch.watchTop(5));
  await pass(100);
  board.score({ ada: 9, bea: 8, cem: 7, dov: 6 });
  watch.recheck();
  await pass(100);
  expect(board.reads).toHaveLength(2);
  expect(two.map(scoresOf)).toEqual([
    { ada: 9, bea: 8 },
    { ada: 9, bea: 8 },
  ]);
  expect(movesOf(two[1])).toEqual([]);
  expect(scoresOf(five[1])).toEqual({ ada: 9, bea: 8, cem: 7, dov: 6 });
  expect(movesOf(five[1])).toEqual(['dov ENTERED']);
});
