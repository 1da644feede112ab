import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BoardStore, openBoardStore } from '../setup/boards.ts';
import { send } from '../setup/app.ts';
import { type ServerUnderTest, spawnServer } from '../setup/serverUnderTest.ts';
import { tokenFor } from '../setup/tokens.ts';
import { JoinTournament, TournamentById } from '../setup/tournamentDocuments.ts';
import { makeTournament, requireConsistent } from '../setup/tournaments.ts';

let store: BoardStore;
let servers: ServerUnderTest[];
beforeAll(async () => {
  store = await openBoardStore();
  servers = await Promise.all([1, 2].map(() => spawnServer({ DATABASE_URL: store.databaseUrl })));
});
afterAll(async () => {
  await requireConsistent(store.database);
  await Promise.all([store.database.close(), ...servers.map((server) => server.end())]);
});

const urlOf = (index: number) => servers[index % 2]?.url ?? '';

async function tokensOfNewPlayers(count: number): Promise<string[]> {
  return Promise.all((await store.newPlayers(count)).map((playerId) => tokenFor(playerId, 'player')));
}

test('500 concurrent joins for a capacity of 100 over two processes enter exactly 100, the others find it full', async () => {
  const tournament = await makeTournament(store.database, await store.newBoard(), { capacity: 100 });
  const id = btoa(`Tournament:${tournament.id}`);
  const tokens = await tokensOfNewPlayers(500);
  const answers = await Promise.all(
    tokens.map((token, index) => send(urlOf(index), JoinTournament, { tournament: id }, token)),
  );
  const results = answers.map(({ data }) => data.joinTournament);
  const count = (name: string) => results.filter(({ __typename }) => __typename === name).length;
  expect([count('TournamentEntry'), count('TournamentFullError')]).toEqual([100, 400]);
  const [entries] = await store.database.rows<{ count: number }>(
    sql`select count(*)::int as count from tournament_entries where tournament_id = ${tournament.id}::uuid`,
  );
  expect(entries?.count).toBe(100);
  const { data } = await send(urlOf(0), TournamentById, { id });
  expect(data.tournament?.entrants).toBe(100);
}, 60_000);

test('a player who joins 100 times at once over two processes has one entry and one answer', async () => {
  const tournament = await makeTournament(store.database, await store.newBoard(), { capacity: 5 });
  const id = btoa(`Tournament:${tournament.id}`);
  const [token] = await tokensOfNewPlayers(1);
  const answers = await Promise.all(
    Array.from({ length: 100 }, (_, index) => send(urlOf(index), JoinTournament, { tournament: id }, token)),
  );
  expect(new Set(answers.map(({ data }) => JSON.stringify(data))).size).toBe(1);
  const { data } = await send(urlOf(1), TournamentById, { id }, token);
  expect(data.tournament).toMatchObject({ entrants: 1, myEntry: { attempts: 0 } });
}, 30_000);

test('joins across the end of registration are seated or find it closed, and none is lost', async () => {
  const tournament = await makeTournament(store.database, await store.newBoard());
  const id = btoa(`Tournament:${tournament.id}`);
  const tokens = await tokensOfNewPlayers(1_000);
  const seen: string[] = [];
  const closing: Promise<unknown>[] = [];
  await Promise.all(
    Array.from({ length: 16 }, async (_, runner) => {
      for (let index = runner; index < tokens.length; index += 16) {
        const { data } = await send(urlOf(index), JoinTournament, { tournament: id }, tokens[index]);
        seen.push(data.joinTournament.__typename);
        if (data.joinTournament.__typename !== 'TournamentEntry') return;
        // In the middle of the crowd.
        if (seen.length >= 100) closing[0] ??= closeSoon(tournament.id);
      }
    }),
  );
  await Promise.all(closing);
  expect(new Set(seen)).toEqual(new Set(['TournamentEntry', 'TournamentClosedError']));
  const rows = await store.database.rows<{ isLate: boolean }>(sql`
    select e.joined_at >= t.registration_closes_at as "isLate"
    from tournament_entries e join tournaments t on t.id = e.tournament_id where t.id = ${tournament.id}::uuid`);
  expect(rows).toHaveLength(seen.filter((name) => name === 'TournamentEntry').length);
  expect(rows.filter(({ isLate }) => isLate)).toEqual([]);
}, 30_000);

async function closeSoon(id: string): Promise<void> {
  await store.database.rows(sql`
    update tournaments set registration_closes_at = clock_timestamp() + interval '50 milliseconds' where id = ${id}::uuid`);
}
