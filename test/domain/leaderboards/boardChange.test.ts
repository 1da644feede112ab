import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  asSnapshot,
  type BoardChange,
  movesBetween,
  pageOfChange,
  type RankMove,
} from '../../../src/domain/leaderboards/boardChange.ts';
import type { Standing } from '../../../src/domain/leaderboards/standing.ts';
import type { StandingsQuery } from '../../../src/domain/leaderboards/standingsPage.ts';
import { aBoard, aPlayer, standingsOf } from '../samples.ts';

const top = fc
  .uniqueArray(
    fc.record({ id: fc.constantFrom('ada', 'bea', 'cem', 'dov', 'eli'), score: fc.integer({ min: 0, max: 2 }) }),
    {
      selector: ({ id }) => id,
    },
  )
  .map((rows) => standingsOf(Object.fromEntries(rows.map(({ id, score }) => [id, score]))));

test('a player who was not in the top enters it', () => {
  expect(movesBetween(standingsOf({ ada: 9 }), standingsOf({ ada: 9, bea: 8 }))).toEqual([
    { player: aPlayer('bea'), kind: 'ENTERED', fromRank: null, toRank: 2, fromScore: null, toScore: 8 },
  ]);
});

test('a player who is no longer in the top leaves it', () => {
  expect(movesBetween(standingsOf({ ada: 9, bea: 8 }), standingsOf({ ada: 9 }))).toEqual([
    { player: aPlayer('bea'), kind: 'LEFT', fromRank: 2, toRank: null, fromScore: 8, toScore: null },
  ]);
});

test('a player who overtakes goes up, and the one overtaken goes down', () => {
  expect(movesBetween(standingsOf({ ada: 9, bea: 8 }), standingsOf({ bea: 10, ada: 9 }))).toEqual([
    { player: aPlayer('bea'), kind: 'UP', fromRank: 2, toRank: 1, fromScore: 8, toScore: 10 },
    { player: aPlayer('ada'), kind: 'DOWN', fromRank: 1, toRank: 2, fromScore: 9, toScore: 9 },
  ]);
});

test('a player whose score changes at the same rank has scored', () => {
  expect(movesBetween(standingsOf({ ada: 9, bea: 8 }), standingsOf({ ada: 12, bea: 8 }))).toEqual([
    { player: aPlayer('ada'), kind: 'SCORED', fromRank: 1, toRank: 1, fromScore: 9, toScore: 12 },
  ]);
});

test('nothing moves between equal tops', () => {
  expect(movesBetween(standingsOf({ ada: 9, bea: 8 }), standingsOf({ ada: 9, bea: 8 }))).toEqual([]);
});

test('moves come in the order of the new ranks, players who left last', () => {
  const moves = movesBetween(standingsOf({ ada: 9, bea: 8, cem: 7 }), standingsOf({ dov: 11, cem: 10, ada: 9 }));
  expect(moves.map(({ player, kind }) => `${player.id} ${kind}`)).toEqual([
    'dov ENTERED',
    'cem UP',
    'ada DOWN',
    'bea LEFT',
  ]);
});

test('the moves lead from the one top to the other', () => {
  fc.assert(
    fc.property(top, top, (before, after) => {
      expect(applied(rowsOf(before), movesBetween(before, after))).toEqual(rowsOf(after));
    }),
  );
});

test('no move says that nothing happened', () => {
  fc.assert(
    fc.property(top, top, (before, after) => {
      for (const { fromRank, toRank, fromScore, toScore } of movesBetween(before, after)) {
        expect([fromRank, fromScore]).not.toEqual([toRank, toScore]);
      }
    }),
  );
});

test('a change as a snapshot has the same standings and no moves', () => {
  const change = aChange();
  expect(asSnapshot(change)).toEqual({ ...change, snapshot: true, moves: [] });
  expect(change.moves).toHaveLength(1);
});

test('all clients that need the snapshot of a change share one object', () => {
  const change = aChange();
  expect(asSnapshot(change)).toBe(asSnapshot(change));
  expect(asSnapshot(aChange())).not.toBe(asSnapshot(change));
});

test('a snapshot stays itself', () => {
  const snapshot = asSnapshot(aChange());
  expect(asSnapshot(snapshot)).toBe(snapshot);
});

const theTop: StandingsQuery = {
  leaderboardId: 'board',
  cadence: 'ALL_TIME',
  at: null,
  range: { kind: 'after', cursor: null, limit: 2 },
  dense: true,
};

test('a change has the page of its first rows, however many of them are asked for', () => {
  const change = { ...aChange({ ada: 9, bea: 8, cem: 7 }), totalCount: 5 };
  for (const limit of [1, 2, 3]) {
    expect(pageOfChange(change, { ...theTop, range: { kind: 'after', cursor: null, limit } })).toMatchObject({
      rows: change.standings.slice(0, limit),
      size: 5,
      revision: 1,
      horizon: 1,
      hasNextPage: true,
      hasPreviousPage: false,
    });
  }
  expect(pageOfChange(change, { ...theTop, range: { kind: 'after', cursor: null, limit: 4 } })).toBeNull();
});

test('a change of a whole board has its top page at any length', () => {
  const range = { kind: 'after', cursor: null, limit: 100 } as const;
  expect(pageOfChange(aChange({ ada: 9, bea: 8 }), { ...theTop, range })).toMatchObject({
    rows: [{ score: 9 }, { score: 8 }],
    hasNextPage: false,
  });
  expect(pageOfChange(aChange({}), { ...theTop, range })).toMatchObject({ rows: [], hasNextPage: false });
});

const elsewhere: Record<string, Partial<StandingsQuery>> = {
  'another board': { leaderboardId: 'other' },
  'another cadence': { cadence: 'DAILY' },
  'a moment': { at: new Date(0) },
  'rows after others': {
    range: {
      kind: 'after',
      cursor: { orderKey: 1, reachedSeq: 1, periodKey: 'ALL', horizon: 1 },
      limit: 2,
    },
  },
  'the last rows': { range: { kind: 'before', cursor: null, limit: 1 } },
  'rows from a rank': { range: { kind: 'fromRank', rank: 1, limit: 1 } },
  'rows around a player': { range: { kind: 'around', playerId: 'ada', limit: 1 } },
  'rows of players': { range: { kind: 'players', playerIds: ['ada'] } },
};

test.each(Object.entries(elsewhere))('a change has no page of %s', (_what, query) => {
  expect(pageOfChange(aChange({ ada: 9, bea: 8 }), { ...theTop, ...query })).toBeNull();
});

function aChange(scores: Record<string, number> = { ada: 9 }): BoardChange {
  const standings = standingsOf(scores);
  const shared = { leaderboard: aBoard(), cadence: 'ALL_TIME', periodKey: 'ALL', at: new Date(0) } as const;
  const moves = movesBetween([], standings);
  return { ...shared, revision: 1, snapshot: false, standings, moves, totalCount: standings.length, source: 'sql' };
}

type Rows = Map<string, { rank: number | null; score: number | null }>;

function rowsOf(standings: Standing[]): Rows {
  return new Map(standings.map(({ player, ranks, score }) => [player.id, { rank: ranks.ordinal, score }]));
}

/** Does what a client does, and checks that each move starts where the client has the player. */
function applied(before: Rows, moves: RankMove[]): Rows {
  const rows = new Map(before);
  for (const { player, kind, fromRank, fromScore, toRank, toScore } of moves) {
    expect(before.get(player.id) ?? { rank: null, score: null }).toEqual({ rank: fromRank, score: fromScore });
    if (kind === 'LEFT') rows.delete(player.id);
    else rows.set(player.id, { rank: toRank, score: toScore });
  }
  return rows;
}
