import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readStandings } from '../../src/db/leaderboards/readStandings.ts';
import type { Leaderboard } from '../../src/domain/leaderboards/leaderboard.ts';
import type { StandingsRange } from '../../src/domain/leaderboards/standingsPage.ts';
import { type BoardStore, openBoardStore } from '../setup/boards.ts';
import { planOf } from '../setup/planOf.ts';

const ENTRIES = 50_000;

let store: BoardStore;
let board: Leaderboard;
beforeAll(async () => {
  store = await openBoardStore();
  board = await store.newBoard();
  const { rows } = store.database;
  await rows(sql`
    insert into board_periods (leaderboard_id, cadence, key, size) values (${board.id}, 'ALL_TIME', 'ALL', ${ENTRIES}::int)`);
  await rows(sql`
    insert into entries (period_id, player_id, order_key, reached_seq, revision)
    select (select id from board_periods), gen_random_uuid(), n % 977, n, n from generate_series(1, ${ENTRIES}::int) as n`);
});
afterAll(() => store.database.close());

const planOfRange = (range: StandingsRange) =>
  planOf(store.database, (database) =>
    readStandings(database, { leaderboardId: board.id, cadence: 'ALL_TIME', at: null, range, dense: false }),
  );

const cursor = { periodKey: 'ALL', orderKey: 400, reachedSeq: 20_000, horizon: ENTRIES };
const player = '00000000-0000-4000-8000-000000000000';
const ranges: StandingsRange[] = [
  { kind: 'after', cursor: null, limit: 10 },
  { kind: 'after', cursor, limit: 10 },
  { kind: 'before', cursor, limit: 10 },
  { kind: 'before', cursor: null, limit: 10 },
  { kind: 'fromRank', rank: 25_000, limit: 10 },
  { kind: 'around', playerId: player, limit: 10 },
  { kind: 'players', playerIds: [player] },
];

test.each(ranges)('the page $kind of a large board is read by indexes alone', async (range) => {
  const plan = await planOfRange(range);
  expect(plan).toContain('using entries_standing_order');
  expect(plan).not.toMatch(/Seq Scan|Bitmap|Gather|JIT/);
});

test('the top of a large board counts nothing ahead of it', async () => {
  const plan = await planOfRange({ kind: 'after', cursor: null, limit: 10 });
  expect(plan).not.toMatch(/Aggregate[^]*order_key < /);
});
