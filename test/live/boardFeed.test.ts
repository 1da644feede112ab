import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createBoardFeed, type BoardFeed } from '../../src/live/boardFeed.ts';
import { createLocalTopics } from '../../src/domain/topics.ts';
import { fakeBoard } from './fakeBoard.ts';
import { collect, endAll, movesOf, pass, startClock } from './watchedBoard.ts';

const opened: BoardFeed[] = [];
beforeEach(startClock);
afterEach(() => endAll(opened));

/** A feed on a board that one client has watched up to revision 1 and left. */
async function leftFeed() {
  const board = fakeBoard();
  const topics = createLocalTopics();
  const feed = createBoardFeed({ reader: board.reader, topics, log: { error: vi.fn() } });
  opened.push(feed);
  const watch = (afterRevision: number | null) => feed.watchTop('board', 'ALL_TIME', { top: 10, afterRevision });
  board.score({ ada: 9 });
  const client = watch(null);
  await pass(0);
  await client.return?.();
  const change = (scores: Record<string, number>) => {
    board.score(scores);
    topics.publish('board');
  };
  return { board, feed, watch, change };
}

test('a lone client that comes back within a minute gets one change from what it held', async () => {
  const { watch, change } = await leftFeed();
  change({ ada: 9, bea: 8 });
  change({ ada: 9, bea: 10 });
  await pass(59_000);
  const events = collect(watch(1));
  await pass(0);
  expect(events).toMatchObject([{ snapshot: false, revision: 3 }]);
  expect(events.map(movesOf)).toEqual([['bea ENTERED', 'ada DOWN']]);
});

test('a lone client that comes back to an unchanged board is told so', async () => {
  const { watch } = await leftFeed();
  await pass(59_000);
  const events = collect(watch(1));
  await pass(0);
  expect(events).toMatchObject([{ snapshot: false, moves: [], revision: 1 }]);
});

test('a client that comes back later gets a snapshot', async () => {
  const { watch, change } = await leftFeed();
  change({ ada: 10 });
  await pass(65_000);
  const events = collect(watch(1));
  await pass(0);
  expect(events).toMatchObject([{ snapshot: true, revision: 2 }]);
});

test('while nobody watches, nothing is read and only the feed’s own timer runs', async () => {
  const { board, change } = await leftFeed();
  const readsBefore = board.reads.length;
  for (let turn = 0; turn < 10; turn += 1) {
    change({ ada: 10 + turn });
    await pass(1_000);
  }
  expect(board.reads).toHaveLength(readsBefore);
  expect(vi.getTimerCount()).toBe(1);
});

test('a state of one board is not taken for a state of another', async () => {
  const { board, feed, change } = await leftFeed();
  change({ ada: 10 });
  const events = collect(feed.watchTop('other', 'ALL_TIME', { top: 10, afterRevision: 1 }));
  await pass(0);
  expect(board.reads).toHaveLength(2);
  expect(events).toMatchObject([{ snapshot: true }]);
});
