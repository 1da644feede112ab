import { afterEach, beforeEach, expect, test } from 'vitest';
import { collect, endWatches, movesOf, pass, scoresOf, startClock, watched } from './watchedBoard.ts';

beforeEach(startClock);
afterEach(endWatches);

/** A watch with a subscriber to its first `top` rows, on a board that then has had all of these states, each of them read. */
async function watchedSince(states: Record<string, number>[], { top = 10 } = {}) {
  const all = watched();
  collect(all.watch.watchTop(top));
  for (const scores of states) {
    all.board.score(scores);
    all.watch.recheck();
    await pass(100);
  }
  const resume = async (afterRevision: number, wanted = top) => {
    const events = collect(all.watch.watchTop(wanted, afterRevision));
    await pass(100);
    return events;
  };
  return { ...all, resume };
}

test('whoever holds the present state is told so at once, without a read', async () => {
  const { board, watch } = await watchedSince([{ ada: 9 }]);
  const readsBefore = board.reads.length;
  const events = collect(watch.watchTop(10, 1));
  await pass(0);
  expect(events).toMatchObject([{ snapshot: false, moves: [], revision: 1, totalCount: 1 }]);
  expect(scoresOf(events[0])).toEqual({ ada: 9 });
  expect(board.reads).toHaveLength(readsBefore);
});

test('whoever was away gets one change from the state held to the present one', async () => {
  const { resume } = await watchedSince([
    { ada: 9, bea: 8, cem: 7 },
    { ada: 9, bea: 10, cem: 7 },
    { ada: 9, bea: 11, cem: 12 },
  ]);
  const [first, ...more] = await resume(1);
  expect(first).toMatchObject({ snapshot: false, revision: 3 });
  expect(movesOf(first)).toEqual(['cem UP', 'bea SCORED', 'ada DOWN']);
  expect(scoresOf(first)).toEqual({ cem: 12, bea: 11, ada: 9 });
  expect(more).toEqual([]);
});

test('after the first event the moves are those since it', async () => {
  const { board, watch, resume } = await watchedSince([{ ada: 9 }, { ada: 9, bea: 8 }]);
  const events = await resume(1);
  board.score({ ada: 9, bea: 10 });
  watch.recheck();
  await pass(100);
  expect(events.map(movesOf)).toEqual([['bea ENTERED'], ['bea UP', 'ada DOWN']]);
});

test('a revision that went by between two reads is not known: a snapshot', async () => {
  const { board, watch, resume } = await watchedSince([{ ada: 9 }]);
  board.score({ ada: 9, bea: 8 });
  board.score({ ada: 9, bea: 10 });
  watch.recheck();
  await pass(100);
  expect(await resume(2)).toMatchObject([{ snapshot: true, moves: [], revision: 3 }]);
});

test('a revision from long ago is forgotten: a snapshot', async () => {
  const states = Array.from({ length: 65 }, (_, index) => ({ ada: index + 1 }));
  const { resume } = await watchedSince(states);
  expect(await resume(1)).toMatchObject([{ snapshot: true, revision: 65 }]);
  expect(await resume(2)).toMatchObject([{ snapshot: false, revision: 65, moves: [{ fromScore: 2, toScore: 65 }] }]);
});

test('whoever holds a later state than is known here waits for a read', async () => {
  const { board, resume } = await watchedSince([{ ada: 9 }]);
  board.score({ ada: 10 });
  expect(await resume(2)).toMatchObject([{ snapshot: false, moves: [], revision: 2 }]);
});

test('whoever comes during a read and holds a later state than it waits for the next', async () => {
  const { board, watch } = await watchedSince([{ ada: 9 }]);
  board.hold();
  watch.recheck();
  await pass(100);
  board.score({ ada: 10 });
  const events = collect(watch.watchTop(10, 2));
  board.release();
  await pass(300);
  expect(events).toMatchObject([{ snapshot: false, moves: [], revision: 2 }]);
});

test('a revision from the future is read for once, then it is a snapshot', async () => {
  const { board, resume } = await watchedSince([{ ada: 9 }]);
  const readsBefore = board.reads.length;
  expect(await resume(1_000)).toMatchObject([{ snapshot: true, revision: 1 }]);
  await pass(1_000);
  expect(board.reads).toHaveLength(readsBefore + 1);
});

test('a state that is not known down to the wanted row is a snapshot', async () => {
  const state = { ada: 9, bea: 8, cem: 7 };
  const { resume } = await watchedSince([state, { ...state, ada: 10 }], { top: 2 });
  expect(await resume(1, 2)).toMatchObject([{ snapshot: false, revision: 2 }]);
  expect(await resume(1, 3)).toMatchObject([{ snapshot: true, revision: 2 }]);
});

test('a small board is known to any row', async () => {
  const { resume } = await watchedSince([{ ada: 9 }, { ada: 9, bea: 8 }], { top: 2 });
  expect((await resume(1, 100)).map(movesOf)).toEqual([['bea ENTERED']]);
});

test('a state that was read again with more rows is known to these', async () => {
  const state = { ada: 9, bea: 8, cem: 7 };
  const { board, watch, resume } = await watchedSince([state], { top: 2 });
  collect(watch.watchTop(3));
  await pass(100);
  board.score({ ...state, cem: 10 });
  watch.recheck();
  await pass(100);
  expect((await resume(1, 3)).map(movesOf)).toEqual([['cem UP', 'ada DOWN', 'bea DOWN']]);
});

test('those who come back from the same state share one value', async () => {
  const { board, watch } = await watchedSince([{ ada: 9 }]);
  board.score({ ada: 10 });
  watch.recheck();
  const events = [1, 2, 3].map(() => collect(watch.watchTop(10, 1)));
  await pass(100);
  expect(events[0]).toMatchObject([{ snapshot: false, revision: 2 }]);
  expect(new Set(events.map(([event]) => event)).size).toBe(1);
});

test('whoever is too slow for the first event gets the last state as a snapshot', async () => {
  const { board, watch } = await watchedSince([{ ada: 9 }, { ada: 10 }]);
  const slow = watch.watchTop(10, 1);
  board.score({ ada: 11 });
  watch.recheck();
  await pass(100);
  expect((await slow.next()).value).toMatchObject({ snapshot: true, moves: [], revision: 3 });
});

test('an empty board of all time is told to be as it was', async () => {
  const { watch } = watched();
  const events = collect(watch.watchTop(10, 0));
  await pass(0);
  expect(events).toMatchObject([{ snapshot: false, moves: [], revision: 0 }]);
});

test('a revision of the period before is a snapshot, also while nobody has scored in the new one', async () => {
  const { board, watch } = watched('DAILY');
  board.setPeriod('2026-11-21');
  board.score({ ada: 9 });
  const resumed = async (revision: number) => {
    const events = collect(watch.watchTop(10, revision));
    await pass(100);
    return events;
  };
  expect(await resumed(1)).toMatchObject([{ snapshot: false, revision: 1, periodKey: '2026-11-21' }]);
  board.startPeriod('2026-11-22');
  watch.recheck();
  await pass(100);
  const empty = { snapshot: true, revision: 1, periodKey: '2026-11-22', standings: [] };
  expect(await resumed(1)).toMatchObject([empty]);
  board.score({ bea: 5 });
  watch.recheck();
  await pass(100);
  expect(await resumed(1)).toMatchObject([{ snapshot: true, revision: 2 }]);
  board.score({ bea: 6 });
  watch.recheck();
  await pass(100);
  expect((await resumed(2)).map(movesOf)).toEqual([['bea SCORED']]);
});
