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
  expect(events.map(({ score, ranks }) => [score, ranks.ordinal])).toEqual([
    [9, 1],
    [10, 1],
    [10, 2],
  ]);
});

test('a player without a standing hears nothing until there is one', async () => {
  const { board, watch } = watched();
  const events = collect(watch.watchStanding('ada'));
  await pass(100);
  expect(events).toEqual([]);
  board.score({ ada: 9 });
  watch.recheck();
  await pass(100);
  expect(events).toMatchObject([{ score: 9, size: 1 }]);
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
  expect(events.map(({ ranks }) => ranks[style])).toEqual([1, 2]);
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
