import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { Cadence } from '../../src/domain/leaderboards/period.ts';
import { percentileOf, type Standing } from '../../src/domain/leaderboards/standing.ts';
import { SCORE_MAX } from '../../src/domain/leaderboards/standingOrder.ts';
import type { StandingsRange } from '../../src/domain/leaderboards/standingsPage.ts';
import { verify } from '../../src/verify/verify.ts';
import { type BoardStore, openBoardStore, rankNaively } from '../setup/boards.ts';

let stores: Record<'redis' | 'sql', BoardStore>;
beforeAll(async () => {
  stores = { sql: await openBoardStore(), redis: await openBoardStore({ redisUrl: inject('redisUrl') }) };
});
afterAll(() => Promise.all(Object.values(stores).map((store) => store.close())));

const score = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: -5, max: 5 }) },
  { weight: 2, arbitrary: fc.maxSafeInteger() },
  { weight: 1, arbitrary: fc.constantFrom(SCORE_MAX, -SCORE_MAX, SCORE_MAX - 1, 0) },
);
const boards = fc.record({
  sortOrder: fc.constantFrom('ASCENDING' as const, 'DESCENDING' as const),
  operator: fc.constantFrom('BEST' as const, 'LATEST' as const, 'SUM' as const),
  plays: fc.array(fc.record({ player: fc.nat({ max: 39 }), score }), { minLength: 1, maxLength: 120 }),
});

const flat = (row: Standing) => ({
  playerId: row.player.id,
  score: row.score,
  ...row.ranks,
  percentile: percentileOf(row),
});

const STORES = ['sql', 'redis'] as const;

async function open(ranking: (typeof STORES)[number]) {
  const store = stores[ranking];
  return { store, players: await store.newPlayers(40) };
}

test.for(STORES)(
  'every rank, page, around, list and percentile of a random board equals a naive computation, ranked by %s',
  { timeout: 60_000 },
  async (ranking) => {
    const { store, players } = await open(ranking);
    await fc.assert(
      fc.asyncProperty(boards, async ({ sortOrder, operator, plays }) => {
        const board = await store.newBoard({ sortOrder, operator });
        // Together, so that they come in several groups of several plays.
        const results = await Promise.all(
          plays.map((play, index) =>
            store.submitter.submit({
              playerId: players[play.player] ?? '',
              leaderboardId: board.id,
              score: play.score,
              idempotencyKey: `${board.id} ${index}`,
              metadata: { index },
            }),
          ),
        );
        await store.settled(board.id);
        const accepted = results.filter((result) => 'seq' in result).toSorted((a, b) => a.seq - b.seq);

        const entries = new Map<string, { playerId: string; score: number; reachedSeq: number }>();
        for (const { playerId, score: value, seq } of accepted) {
          const held = entries.get(playerId);
          const isBetter = held && (sortOrder === 'DESCENDING' ? value > held.score : value < held.score);
          const next = operator === 'SUM' ? (held?.score ?? 0) + value : value;
          const isKept = held && (operator === 'BEST' ? !isBetter : next === held.score);
          if (!isKept) entries.set(playerId, { playerId, score: next, reachedSeq: seq });
        }
        const expected = rankNaively([...entries.values()], sortOrder).map(
          ({ orderKey: _o, reachedSeq: _s, ...row }) => row,
        );

        const read = async (range: StandingsRange) => {
          const page = await store.reader.page({
            leaderboardId: board.id,
            cadence: 'ALL_TIME',
            at: null,
            range,
            dense: true,
          });
          expect(page).toMatchObject({ size: expected.length, source: ranking });
          return page.rows.map(flat);
        };
        expect(await read({ kind: 'after', cursor: null, limit: 100 })).toEqual(expected);
        expect(await read({ kind: 'before', cursor: null, limit: 100 })).toEqual(expected);
        const middle = Math.ceil(expected.length / 2);
        expect(await read({ kind: 'fromRank', rank: middle, limit: 7 })).toEqual(
          expected.slice(middle - 1, middle + 6),
        );
        expect(await read({ kind: 'before', cursor: null, limit: 3 })).toEqual(expected.slice(-3));
        const self = expected[middle - 1]?.playerId ?? '';
        const start = Math.max(0, Math.min(middle - 1 - 2, expected.length - 5));
        expect(await read({ kind: 'around', playerId: self, limit: 5 })).toEqual(expected.slice(start, start + 5));
        const friends = players.filter((_, index) => index % 3 === 0);
        expect(await read({ kind: 'players', playerIds: friends })).toEqual(
          expected.filter((row) => friends.includes(row.playerId)),
        );
      }),
      { numRuns: 40 },
    );
    expect((await verify(store.database)).differences).toEqual([]);
  },
);

test.for(STORES)(
  'the earlier of two equal scores ranks first, and an equal score later does not move it, ranked by %s',
  async (ranking) => {
    const { store, players } = await open(ranking);
    const board = await store.newBoard();
    const [first = '', second = ''] = players;
    const submit = (playerId: string, key: string) =>
      store.submitter.submit({
        playerId,
        leaderboardId: board.id,
        score: 7,
        idempotencyKey: `${board.id}${key}`,
        metadata: null,
      });
    await submit(second, 'a');
    await submit(first, 'b');
    await submit(second, 'c');
    const page = await store.reader.top(board.id, 'ALL_TIME', 10);
    expect(page.rows.map((row) => row.player.id)).toEqual([second, first]);
    expect(page.rows.map((row) => row.ranks)).toEqual([
      { ordinal: 1, competition: 1, dense: 1 },
      { ordinal: 2, competition: 1, dense: 1 },
    ]);
  },
);

test.for(STORES)(
  'the standing keeps the metadata and the moment of the play that holds the score, ranked by %s',
  async (ranking) => {
    const { store, players } = await open(ranking);
    const board = await store.newBoard();
    const [playerId = ''] = players;
    const submit = (value: number, metadata: unknown) =>
      store.submitter.submit({
        playerId,
        leaderboardId: board.id,
        score: value,
        idempotencyKey: `${board.id}${value}`,
        metadata,
      });
    await submit(10, { level: 1 });
    const [before] = (await store.reader.top(board.id, 'ALL_TIME', 1)).rows;
    await submit(5, { level: 2 });
    const [after] = (await store.reader.top(board.id, 'ALL_TIME', 1)).rows;
    expect(after).toEqual(before);
    await submit(11, { level: 3 });
    expect((await store.reader.top(board.id, 'ALL_TIME', 1)).rows[0]).toMatchObject({
      score: 11,
      metadata: { level: 3 },
    });
  },
);

test.for(STORES)(
  'a sum that would pass 2^53-1 is refused, changes nothing, and a smaller one still counts, ranked by %s',
  async (ranking) => {
    const { store, players } = await open(ranking);
    const board = await store.newBoard({ operator: 'SUM', cadences: ['ALL_TIME', 'DAILY'] });
    const [playerId = ''] = players;
    const submit = (value: number, key: string) =>
      store.submitter.submit({
        playerId,
        leaderboardId: board.id,
        score: value,
        idempotencyKey: `${board.id}${key}`,
        metadata: null,
      });
    await submit(SCORE_MAX - 1, 'a');
    expect(await submit(2, 'b')).toMatchObject({ code: 'SCORE_OUT_OF_RANGE' });
    expect(await submit(1, 'c')).toMatchObject({ outcome: 'IMPROVED' });
    expect(await submit(2, 'b')).toMatchObject({ code: 'SCORE_OUT_OF_RANGE' });
    expect((await store.reader.top(board.id, 'DAILY', 1)).rows[0]).toMatchObject({ score: SCORE_MAX });
    expect((await verify(store.database)).differences).toEqual([]);
  },
);

test.for(STORES)(
  'a period in the past is read by a moment in it, and its revision and size are its own, ranked by %s',
  async (ranking) => {
    const { store, players } = await open(ranking);
    const board = await store.newBoard({ cadences: ['WEEKLY'] });
    const [playerId = ''] = players;
    await store.submitter.submit({
      playerId,
      leaderboardId: board.id,
      score: 3,
      idempotencyKey: board.id,
      metadata: null,
    });
    await store.database.orm.execute(`update board_periods set key = '2020-W53' where leaderboard_id = '${board.id}'`);
    const read = (at: string) =>
      store.reader.page({
        leaderboardId: board.id,
        cadence: 'WEEKLY',
        at: new Date(at),
        range: { kind: 'after', cursor: null, limit: 5 },
        dense: false,
      });
    expect(await read('2021-01-03T23:59:59.999Z')).toMatchObject({
      periodKey: '2020-W53',
      size: 1,
      rows: [{ score: 3 }],
    });
    expect(await read('2021-01-04T00:00:00Z')).toMatchObject({ periodKey: '2021-W01', size: 0, rows: [] });
    expect(await store.reader.top(board.id, 'WEEKLY', 5)).toMatchObject({ size: 0, rows: [] });
  },
);

test.for(STORES)('no two periods ever have the same revision, ranked by %s', async (ranking) => {
  const { store, players } = await open(ranking);
  const cadences: Cadence[] = ['ALL_TIME', 'DAILY', 'MONTHLY', 'WEEKLY'];
  const board = await store.newBoard({ cadences });
  const seen = new Set<number>();
  for (let turn = 1; turn <= 5; turn += 1) {
    // Together, so that some groups overlap and commit in another order than they were numbered.
    const play = { leaderboardId: board.id, score: turn, idempotencyKey: `${board.id} ${turn}`, metadata: null };
    const plays = players.map((playerId) => store.submitter.submit({ ...play, playerId }));
    await Promise.all(plays);
    const pages = await Promise.all(cadences.map((cadence) => store.reader.top(board.id, cadence, 1)));
    for (const { revision } of pages) seen.add(revision);
  }
  expect(seen.size).toBe(5 * cadences.length);
});
