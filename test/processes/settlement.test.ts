import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isBusy } from '../../src/db/databaseErrors.ts';
import { settleTournament } from '../../src/db/tournaments/settleTournament.ts';
import { type BoardStore, openBoardStore } from '../setup/boards.ts';
import {
  enterWithScores,
  frozenRows,
  makeTournament,
  passEnd,
  prizeRows,
  reload,
  requireConsistent,
} from '../setup/tournaments.ts';

const SCRIPT = fileURLToPath(new URL('settleHalfway.ts', import.meta.url));

let store: BoardStore;
beforeAll(async () => {
  store = await openBoardStore();
});
afterAll(() => store.database.close());

test('a settlement that is killed half-way leaves nothing, and is made good by the next one', async () => {
  const { database } = store;
  const tournament = await makeTournament(database, await store.newBoard());
  const players = await store.newPlayers(60);
  await enterWithScores(
    database,
    tournament,
    players.map((playerId, index) => ({ playerId, score: index % 7 })),
  );
  await passEnd(database, tournament);

  const child = spawn(process.execPath, [SCRIPT, store.databaseUrl, tournament.id], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  const waiting: unknown = await settleTournament(database, tournament.id).catch((error: unknown) => error);
  expect(isBusy(waiting)).toBe(true);
  child.kill('SIGKILL');
  await once(child, 'exit');

  // PostgreSQL notices the death when it next reads from the connection, which is at once: it was waiting for more.
  const settlement = await again(() => settleTournament(database, tournament.id));
  expect(settlement).toMatchObject({ outcome: 'SETTLED', standings: 60, prizes: 50 });
  expect(await frozenRows(database, tournament)).toHaveLength(60);
  const prizes = await prizeRows(database, tournament);
  expect(prizes.reduce((sum, { coins }) => sum + coins, 0)).toBe(37_000);
  expect((await reload(database, tournament)).checksum).toMatch(/^[0-9a-f]{64}$/);
  await requireConsistent(database);
}, 30_000);

async function again<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!isBusy(error)) throw error;
    }
  }
}
