import { afterEach, beforeEach, expect, test } from 'vitest';
import { standingsOf } from '../domain/samples.ts';
import { collect, endWatches, pass, startClock, watched } from './watchedBoard.ts';

beforeEach(startClock);
afterEach(endWatches);

test('a player hears of the own standing now and after each change, of nothing else', async () => {
  const { board, watch } = watched();
  board.score({ ada: 9, bea: 8 });
  const events = collect(watch.watchStanding('ada'));
  await pass(100);
  for (const scores of [
    { ada: 10, bea: 8 },
    { ada: 10, bea: 9 },
    { ada: 10, bea: 11 },
  ]) {
    board.score(scores);
    watch.recheck();
    await pass(100);
  }
  expect(events.map((standing) => [standing?.score, standing?.ranks.ordinal])).toEqual([
    [9, 1],
    [10, 1],
    [10, 2],
  ]);
});

test('a player without a standing hears so once, and then of the first one', async () => {
  const { board, watch } = watched();
  const events = collect(watch.watchStanding('ada'));
  await pass(100);
  expect(events).toEqual([null]);
  board.score({ bea: 5 });
  watch.recheck();
  await pass(100);
  expect(events).toEqual([null]);
  board.score({ ada: 9 });
  watch.recheck();
  await pass(100);
  expect(events).toMatchObject([null, { score: 9, size: 1 }]);
});

test('a player whose period has ended hears that the standing is gone, without a notice', async () => {
  const { board, watch } = watched('DAILY');
  board.score({ ada: 9 });
  const events = collect(watch.watchStanding('ada'));
  await pass(100);
  board.startPeriod('2026-11-22');
  await pass(12 * 3_600_000 + 2_000);
  expect(events).toMatchObject([{ score: 9, periodKey: '2026-11-21' }, null]);
  board.score({ ada: 4 });
  watch.recheck();
  await pass(100);
  expect(events).toMatchObject([{ score: 9 }, null, { score: 4, periodKey: '2026-11-22' }]);
});

test('a player who is taken off the board hears so', async () => {
  const { board, watch } = watched();
  board.score({ ada: 9, bea: 8 });
  const events = collect(watch.watchStanding('ada'));
  await pass(100);
  board.score({ bea: 8 });
  watch.recheck();
  await pass(100);
  expect(events).toMatchObject([{ score: 9 }, null]);
});

test('who comes while others are read is not told of standing nowhere', async () => {
  const { board, watch } = watched();
  board.score({ ada: 9, bea: 8 });
  board.hold();
  collect(watch.watchStanding('ada'));
  await pass(100);
  const events = collect(watch.watchStanding('bea'));
  board.release();
  await pass(200);
  expect(events).toMatchObject([{ score: 8 }]);
});

test.each(['competition', 'dense'] as const)('a player hears when only the %s rank changes', async (style) => {
  const { board, watch } = watched();
  const ranked = (rank: number) =>
    standingsOf({ ada: 9, bea: 9 }).map((row) => ({
      ...row,
      ranks: { ...row.ranks, [style]: row.player.id === 'bea' ? rank : 1 },
    }));
  board.setRows(ranked(1));
  const events = collect(watch.watchStanding('bea'));
  await pass(100);
  board.setRows(ranked(2));
  watch.recheck();
  await pass(100);
  expect(events.map((standing) => standing?.ranks[style])).toEqual([1, 2]);
});

test('a slow player gets the last standing only', async () => {
  const { board, watch } = watched();
  const slow = watch.watchStanding('ada');
  for (const score of [1, 2, 3]) {
    board.score({ ada: score });
    watch.recheck();
    await pass(100);
  }
  expect(await slow.next()).toMatchObject({ value: { score: 3 } });
});
