import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { settleTournament } from '../../src/db/tournaments/settleTournament.ts';
import { send } from '../setup/app.ts';
import { type BoardStore, openBoardStore } from '../setup/boards.ts';
import { type ServerUnderTest, spawnServer } from '../setup/serverUnderTest.ts';
import { tokenFor } from '../setup/tokens.ts';
import { ClaimPrize, MyPrizes } from '../setup/prizeDocuments.ts';
import { enterWithScores, makeTournament, passEnd, requireConsistent } from '../setup/tournaments.ts';

let store: BoardStore;
let servers: ServerUnderTest[];
beforeAll(async () => {
  store = await openBoardStore();
  servers = await Promise.all([1, 2].map(() => spawnServer({ DATABASE_URL: store.databaseUrl, ROLES: 'api' })));
});
afterAll(() => Promise.all([store.database.close(), ...servers.map((server) => server.end())]));

const urlOf = (index: number) => servers[index % 2]?.url ?? '';

test('1 000 concurrent claims of one prize over two processes grant it once and are all answered alike', async () => {
  const tournament = await makeTournament(store.database, await store.newBoard());
  const [playerId = ''] = await store.newPlayers(1);
  await enterWithScores(store.database, tournament, [{ playerId, score: 1 }]);
  await passEnd(store.database, tournament);
  await settleTournament(store.database, tournament.id);
  const token = await tokenFor(playerId, 'player');
  const before = await send(urlOf(0), MyPrizes, {}, token);
  const prize = before.data.prizes.edges[0]?.node.id ?? '';

  const answers = await Promise.all(
    Array.from({ length: 1_000 }, (_, index) => send(urlOf(index), ClaimPrize, { prize }, token)),
  );
  expect(servers.flatMap((server) => server.output().match(/.*a request failed.*/g) ?? [])).toEqual([]);
  expect(new Set(answers.map(({ data, errors }) => JSON.stringify([data, errors]))).size).toBe(1);
  expect(answers[0]?.data.claimPrize).toMatchObject({ __typename: 'Prize', state: 'CLAIMED' });

  const after = await send(urlOf(1), MyPrizes, {}, token);
  expect(after.data.me?.wallet).toEqual({ coins: 5_000, gems: 250 });
  const sides = await store.database.rows<{ account: string; currency: string; amount: number }>(
    sql`select account, currency, amount from ledger_entries order by currency, amount`,
  );
  expect(sides).toEqual([
    { account: `tournament:${tournament.id}`, currency: 'coins', amount: -5_000 },
    { account: `player:${playerId}`, currency: 'coins', amount: 5_000 },
    { account: `tournament:${tournament.id}`, currency: 'gems', amount: -250 },
    { account: `player:${playerId}`, currency: 'gems', amount: 250 },
  ]);
  await requireConsistent(store.database);
}, 60_000);
