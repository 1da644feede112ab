import * as fc from 'fast-check';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { forgetTournamentPlayer } from '../../../src/db/tournaments/forgetTournamentPlayer.ts';
import { readTournamentStandings } from '../../../src/db/tournaments/readTournamentStandings.ts';
import { settleTournament } from '../../../src/db/tournaments/settleTournament.ts';
import { percentileOf, type Standing } from '../../../src/domain/leaderboards/standing.ts';
import type { StandingsRange } from '../../../src/domain/leaderboards/standingsPage.ts';
import type { Tournament } from '../../../src/domain/tournaments/tournament.ts';
import { type BoardStore, type NaiveRow, openBoardStore, rankNaively } from '../../setup/boards.ts';
import { enterWithScores, makeTournament, passEnd, reload } from '../../setup/tournaments.ts';

let store: BoardStore;
let players: string[];
beforeAll(async () => {
  store = await openBoardStore();
  players = await store.newPlayers(30);
});
afterAll(() => store.database.close());

const flat = (row: Standing) => ({
  playerId: row.player.id,
  score: row.score,
  ...row.ranks,
  percentile: percentileOf(row),
});

async function read(tournament: Tournament, range: StandingsRange) {
  const page = await readTournamentStandings(store.database, { tournament, range, dense: true });
  return { ...page, flat: page.rows.map(flat) };
}

/** Every kind of page, against the whole that is expected. `expected` may lack standings that are only counted. */
async function expectPages(tournament: Tournament, expected: ReturnType<typeof flat>[]): Promise<void> {
  const pages = async (range: StandingsRange) => (await read(tournament, range)).flat;
  expect(await pages({ kind: 'after', cursor: null, limit: 100 })).toEqual(expected);
  expect(await pages({ kind: 'before', cursor: null, limit: 100 })).toEqual(expected);
  expect(await pages({ kind: 'before', cursor: null, limit: 3 })).toEqual(expected.slice(-3));
  const middle = Math.floor(expected.length / 2);
  const self = expected[middle]?.playerId ?? crypto.randomUUID();
  const start = Math.max(0, Math.min(middle - 2, expected.length - 5));
  expect(await pages({ kind: 'around', playerId: self, limit: 5 })).toEqual(expected.slice(start, start + 5));

  const together = [];
  let range: StandingsRange = { kind: 'after', cursor: null, limit: 4 };
  for (;;) {
    const page = await read(tournament, range);
    together.push(...page.flat);
    const last = page.rows.at(-1);
    if (!last || !page.hasNextPage) break;
    const { reachedSeq, score } = last;
    const orderKey = last.leaderboard.sortOrder === 'ASCENDING' ? score : 0 - score;
    const cursor = { orderKey, reachedSeq, periodKey: page.periodKey, horizon: page.horizon };
    range = { kind: 'after', cursor, limit: 4 };
  }
  expect(together).toEqual(expected);
}

const withoutKeys = ({ orderKey: _o, reachedSeq: _s, ...row }: NaiveRow) => row;

test('every page of a random tournament equals a naive computation, live, frozen, and after a deletion', async () => {
  const given = fc.record({
    sortOrder: fc.constantFrom('ASCENDING' as const, 'DESCENDING' as const),
    scores: fc.array(fc.integer({ min: -4, max: 4 }), { minLength: 1, maxLength: 30 }),
    deleted: fc.nat({ max: 29 }),
  });
  await fc.assert(
    fc.asyncProperty(given, async ({ sortOrder, scores, deleted }) => {
      const tournament = await makeTournament(store.database, await store.newBoard({ sortOrder }));
      const plays = scores.map((score, index) => ({ playerId: players[index] ?? '', score }));
      const entries = await enterWithScores(store.database, tournament, plays);
      const expected = rankNaively(entries, sortOrder).map(withoutKeys);
      await expectPages(tournament, expected);
      await passEnd(store.database, tournament);
      await settleTournament(store.database, tournament.id);
      const settled = await reload(store.database, tournament);
      await expectPages(settled, expected);

      // By hand and in this tournament alone: the players are needed again.
      const gone = expected[deleted % expected.length]?.playerId ?? '';
      await store.database.rows(sql`
        update tournament_standings set player_id = null
        where tournament_id = ${tournament.id}::uuid and player_id = ${gone}::uuid`);
      await expectPages(
        settled,
        expected.filter(({ playerId }) => playerId !== gone),
      );
    }),
    { numRuns: 25 },
  );
});

test('a page of a tournament has its size, its window and the board that it follows', async () => {
  const board = await store.newBoard();
  const tournament = await makeTournament(store.database, board);
  const [first = '', second = '', third = ''] = players;
  await enterWithScores(store.database, tournament, [
    { playerId: first, score: 1 },
    { playerId: second, score: 2 },
  ]);
  await store.database.rows(sql`
    insert into tournament_entries (tournament_id, player_id, joined_at)
    values (${tournament.id}::uuid, ${third}::uuid, clock_timestamp())`);
  const page = await read(tournament, { kind: 'after', cursor: null, limit: 1 });
  expect(page).toMatchObject({ size: 2, hasNextPage: true, hasPreviousPage: false, cadence: 'ALL_TIME' });
  expect(page.rows[0]).toMatchObject({ player: { id: second }, leaderboard: { id: board.id }, size: 2 });
  const { id, startsAt, endsAt } = tournament;
  expect(page.rows[0]?.tournament).toEqual({ id, startsAt, endsAt });
  expect((await read(tournament, { kind: 'around', playerId: third, limit: 9 })).rows).toEqual([]);
});

test('a deletion before settlement moves the others up', async () => {
  const tournament = await makeTournament(store.database, await store.newBoard());
  const [gone = '', stays = ''] = await store.newPlayers(2);
  await enterWithScores(store.database, tournament, [
    { playerId: gone, score: 9 },
    { playerId: stays, score: 5 },
  ]);
  await store.database.transaction((tx) => forgetTournamentPlayer(tx, gone));
  const { size, flat: rows } = await read(tournament, { kind: 'after', cursor: null, limit: 9 });
  expect([size, rows.map(({ playerId, ordinal }) => [playerId, ordinal])]).toEqual([1, [[stays, 1]]]);
});

test('of a settled tournament whose players leave, flags are true only where a row is to be had', async () => {
  const open = await makeTournament(store.database, await store.newBoard());
  const four = await store.newPlayers(4);
  await enterWithScores(
    store.database,
    open,
    four.map((playerId, index) => ({ playerId, score: 9 - index })),
  );
  await passEnd(store.database, open);
  await settleTournament(store.database, open.id);
  const tournament = await reload(store.database, open);
  const whole = (await read(tournament, { kind: 'after', cursor: null, limit: 4 })).rows;
  const flags = async (range: StandingsRange) => {
    const { rows, size, hasNextPage, hasPreviousPage } = await read(tournament, range);
    return [rows.map(({ ranks }) => ranks.ordinal), size, hasPreviousPage, hasNextPage];
  };
  const cursorAt = (index: number) => {
    const { score = 0, reachedSeq = 0 } = whole[index] ?? {};
    return { orderKey: 0 - score, reachedSeq, periodKey: 'TOURNAMENT', horizon: 2 ** 50 };
  };
  const leave = (index: number) => store.database.transaction((tx) => forgetTournamentPlayer(tx, four[index] ?? ''));

  await leave(0);
  await leave(3);
  expect(await flags({ kind: 'after', cursor: null, limit: 2 })).toEqual([[2, 3], 4, false, false]);
  expect(await flags({ kind: 'after', cursor: null, limit: 1 })).toEqual([[2], 4, false, true]);
  expect(await flags({ kind: 'before', cursor: null, limit: 1 })).toEqual([[3], 4, true, false]);
  expect(await flags({ kind: 'after', cursor: cursorAt(2), limit: 2 })).toEqual([[], 4, true, false]);
  expect(await flags({ kind: 'before', cursor: cursorAt(1), limit: 2 })).toEqual([[], 4, false, true]);
  expect(await flags({ kind: 'around', playerId: four[0] ?? '', limit: 2 })).toEqual([[], 4, false, false]);
  expect((await reload(store.database, tournament)).entrants).toBe(4);

  await leave(1);
  await leave(2);
  expect(await flags({ kind: 'after', cursor: null, limit: 2 })).toEqual([[], 4, false, false]);
  expect(await flags({ kind: 'after', cursor: cursorAt(2), limit: 2 })).toEqual([[], 4, false, false]);
  expect(await flags({ kind: 'before', cursor: cursorAt(1), limit: 2 })).toEqual([[], 4, false, false]);
  expect((await reload(store.database, tournament)).entrants).toBe(4);
});
