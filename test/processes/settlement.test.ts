import { afterAll, beforeAll, expect, test } from 'vitest';
import { isBusy } from '../../src/db/databaseErrors.ts';
import { settleTournament } from '../../src/db/tournaments/settleTournament.ts';
import { type BoardStore, openBoardStore } from '../setup/boards.ts';
import { frozenRows, prizeRows, reload, requireConsistent } from '../setup/tournaments.ts';
import { startHalfway } from './startHalfway.ts';

let store: BoardStore;
beforeAll(async () => {
  store = await openBoardStore();
});
afterAll(() => store.database.close());

test('a settlement that is killed half-way leaves nothing, and is made good by the next one', async () => {
  const { database } = store;
  const { tournament, kill } = await startHalfway(store);
  const waiting: unknown = await settleTournament(database, tournament.id).catch((error: unknown) => error);
  expect(isBusy(waiting)).toBe(true);
  await kill();

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
