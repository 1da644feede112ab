import { expect, test } from 'vitest';
import type { StandingsPage, StandingsQuery, StandingsRange } from '../../src/domain/leaderboards/standingsPage.ts';
import { createBoardReads } from '../../src/mirror/boardReads.ts';

const query = (leaderboardId: string, rank: number): StandingsQuery => {
  const range: StandingsRange = { kind: 'fromRank', rank, limit: 5 };
  return { leaderboardId, cadence: 'ALL_TIME', at: null, range, dense: false };
};
const ranksOf = (queries: StandingsQuery[]) => queries.map(({ range }) => ('rank' in range ? range.rank : null));

/** Boards that move with every reading. */
function movingBoards() {
  const readings: (number | null)[][] = [];
  const pages = async (queries: StandingsQuery[]) => {
    readings.push(ranksOf(queries));
    if (ranksOf(queries).includes(13)) throw new Error('away');
    return queries.map(() => ({ periodKey: 'ALL', revision: readings.length }) as StandingsPage);
  };
  const reads = createBoardReads({ reader: { pages }, findBoard: async () => null });
  return { reads, readings };
}

test('what is asked in one turn of one board is read together, and the same only once', async () => {
  const { reads, readings } = movingBoards();
  const pages = await Promise.all([
    reads.page(query('a', 1)),
    reads.page(query('a', 2)),
    reads.page(query('a', 1)),
    reads.page(query('b', 3)),
  ]);
  expect(readings).toEqual([[1, 2], [3]]);
  expect(pages.map(({ revision }) => revision)).toEqual([1, 1, 1, 2]);
});

test('a reading that fails fails those who asked for it, and nobody else', async () => {
  const { reads } = movingBoards();
  const asked = [reads.page(query('a', 13)), reads.page(query('a', 1)), reads.page(query('b', 1))];
  expect((await Promise.allSettled(asked)).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled']);
});

test('readings of two states are done again together, and the next execution is answered from that', async () => {
  const { reads, readings } = movingBoards();
  const execute = async () => {
    reads.begin();
    const first = await reads.page(query('a', 1));
    const second = await reads.page(query('a', 2));
    const other = await reads.page(query('b', 3));
    return [first, second, other].map(({ revision }) => revision);
  };
  expect(await execute()).toEqual([1, 2, 3]);
  expect(await reads.agree()).toBe(false);
  expect(await execute()).toEqual([4, 4, 5]);
  expect(await reads.agree()).toBe(true);
  expect(readings).toEqual([[1], [2], [3], [1, 2], [3]]);
});

test('what an execution asks beside what is known is read with it', async () => {
  const { reads } = movingBoards();
  reads.begin();
  await reads.page(query('a', 1));
  await reads.page(query('a', 2));
  await reads.agree();
  reads.begin();
  for (const rank of [1, 2, 3]) await reads.page(query('a', rank));
  expect(await reads.agree()).toBe(false);
  reads.begin();
  const pages = [await reads.page(query('a', 1)), await reads.page(query('a', 2)), await reads.page(query('a', 3))];
  expect(new Set(pages.map(({ revision }) => revision)).size).toBe(1);
  expect(await reads.agree()).toBe(true);
});
