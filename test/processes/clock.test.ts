import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { insertTournamentSeries } from '../../src/db/tournaments/tournamentSeries.ts';
import { DEMO } from '../../src/domain/demo/demo.ts';
import { type BoardStore, openBoardStore } from '../setup/boards.ts';
import { type ServerUnderTest, spawnServer } from '../setup/serverUnderTest.ts';
import { frozenRows, prizeRows, reload, requireConsistent } from '../setup/tournaments.ts';
import { startHalfway } from './startHalfway.ts';

let store: BoardStore;
const servers: ServerUnderTest[] = [];
beforeAll(async () => {
  store = await openBoardStore();
});
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.end()));
});
afterAll(() => store.database.close());

const spawnTwo = async () => {
  servers.push(...(await Promise.all([1, 2].map(() => spawnServer({ DATABASE_URL: store.databaseUrl })))));
};

test('two workers make each of 500 missed tournaments of a series once, without a gap', async () => {
  const { database } = store;
  const board = await store.newBoard();
  const missed = 500;
  const nextStartsAt = new Date(Math.floor(Date.now() / 60_000) * 60_000 - missed * 60_000);
  const { board: _board, ...demo } = DEMO.series;
  await insertTournamentSeries(database, {
    ...demo,
    gameId: board.gameId,
    leaderboardId: board.id,
    cron: '* * * * *',
    durationS: 3_600,
    nextStartsAt,
    makesNextAt: nextStartsAt,
  });
  await spawnTwo();
  const starts = () =>
    database.rows<{ startsAt: Date }>(
      sql`select starts_at as "startsAt" from tournaments where leaderboard_id = ${board.id}::uuid order by starts_at`,
    );
  await expect.poll(async () => (await starts()).length, { timeout: 15_000 }).toBeGreaterThan(missed);
  const made = await starts();
  const minutes = made.map(({ startsAt }) => (startsAt.getTime() - nextStartsAt.getTime()) / 60_000);
  expect(minutes).toEqual(minutes.map((_, index) => index));
}, 30_000);

test('what one process has settled half-way at its kill -9 is settled once by two that were waiting', async () => {
  const { database } = store;
  const { tournament, kill } = await startHalfway(store);
  await spawnTwo();
  await expect.poll(waitingForLocks, { timeout: 10_000, interval: 20 }).toBeGreaterThanOrEqual(2);
  expect(await frozenRows(database, tournament)).toEqual([]);
  await kill();

  await expect
    .poll(async () => (await reload(database, tournament)).checksum, { timeout: 15_000 })
    .toMatch(/^[0-9a-f]{64}$/);
  expect(await frozenRows(database, tournament)).toHaveLength(60);
  const prizes = await prizeRows(database, tournament);
  expect(prizes).toHaveLength(50);
  expect(prizes.reduce((sum, { coins }) => sum + coins, 0)).toBe(37_000);
  await requireConsistent(database);
}, 30_000);

async function waitingForLocks(): Promise<number> {
  const [row] = await store.database.rows<{ count: number }>(sql`
    select count(*)::int as count from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`);
  return row?.count ?? 0;
}
