import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { claimPrize } from '../../../src/db/prizes/claimPrize.ts';
import { forgetTournamentPlayer } from '../../../src/db/tournaments/forgetTournamentPlayer.ts';
import { joinTournament } from '../../../src/db/tournaments/joinTournament.ts';
import { lockPlayer } from '../../../src/db/lockPlayer.ts';
import { type Database, openDatabase } from '../../../src/db/open.ts';
import { readWatchedTournament } from '../../../src/db/tournaments/readWatchedTournament.ts';
import { settleTournament } from '../../../src/db/tournaments/settleTournament.ts';
import { sumPrizes } from '../../../src/db/prizes/sumPrizes.ts';
import type { DomainError } from '../../../src/domain/errors.ts';
import { type BoardStore, openBoardStore } from '../../setup/boards.ts';
import {
  enterWithScores,
  frozenRows,
  makeTournament,
  passEnd,
  prizeRows,
  reload,
  requireConsistent,
} from '../../setup/tournaments.ts';

let store: BoardStore;
let database: Database;
beforeAll(async () => {
  store = await openBoardStore();
  database = store.database;
});
afterEach(() => requireConsistent(database));
afterAll(() => database.close());

/** As the deletion of a player does it. */
async function deletePlayer(playerId: string): Promise<void> {
  await database.transaction(async (tx) => {
    await lockPlayer(tx, playerId);
    await forgetTournamentPlayer(tx, playerId);
    await tx.rows(sql`update players set deleted_at = clock_timestamp() where id = ${playerId}::uuid`);
  });
}

/** Three players, the first one first. */
async function contest(given: Parameters<typeof makeTournament>[2] = {}) {
  const tournament = await makeTournament(database, await store.newBoard(), given);
  const players = await store.newPlayers(3);
  await enterWithScores(
    database,
    tournament,
    players.map((playerId, index) => ({ playerId, score: 30 - index })),
  );
  const [winner = '', second = '', third = ''] = players;
  return { tournament, winner, second, third };
}

async function settled() {
  const made = await contest();
  await passEnd(database, made.tournament);
  await settleTournament(database, made.tournament.id);
  return made;
}

const players = (rows: { playerId: string | null }[]) => rows.map(({ playerId }) => playerId);
const prizeOf = async (playerId: string) => {
  const [prize] = await database.rows<{ id: string }>(sql`select id from prizes where player_id = ${playerId}::uuid`);
  return prize?.id ?? '';
};

test('a winner who is deleted before settlement leaves the prize to those who move up', async () => {
  const { tournament, winner, second, third } = await contest();
  await deletePlayer(winner);
  expect((await reload(database, tournament)).entrants).toBe(2);
  await passEnd(database, tournament);
  await settleTournament(database, tournament.id);
  expect(players(await frozenRows(database, tournament))).toEqual([second, third]);
  const [first] = await prizeRows(database, tournament);
  expect(first).toMatchObject({ playerId: second, rank: 1, coins: 5_000 });
});

test('a player who is deleted makes room for another', async () => {
  const { tournament, winner } = await contest({ capacity: 3 });
  const [playerId = ''] = await store.newPlayers(1);
  const entry = { tournamentId: tournament.id, playerId };
  await expect(joinTournament(database, entry)).rejects.toMatchObject({ code: 'TOURNAMENT_FULL' });
  await deletePlayer(winner);
  expect(await joinTournament(database, entry)).toMatchObject(entry);
});

test('a player who is deleted enters no tournament any more', async () => {
  const { tournament, winner } = await contest();
  await deletePlayer(winner);
  const entry = { tournamentId: tournament.id, playerId: winner };
  await expect(joinTournament(database, entry)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect((await reload(database, tournament)).entrants).toBe(2);
});

test('after settlement the standing stays without the player, nobody moves up, and the checksum stays valid', async () => {
  const { tournament, winner, second, third } = await settled();
  const before = await reload(database, tournament);
  await deletePlayer(winner);
  expect(players(await frozenRows(database, tournament))).toEqual([null, second, third]);
  expect(players(await prizeRows(database, tournament))).toEqual([null, second, third]);
  expect(await prizeRows(database, tournament)).toMatchObject([{ coins: 5_000 }, { coins: 3_000 }, { coins: 2_000 }]);
  expect((await reload(database, tournament)).checksum).toBe(before.checksum);
});

test('after settlement all who had entered stay counted, with a score or without', async () => {
  const { tournament, winner } = await contest();
  const [playerId = ''] = await store.newPlayers(1);
  await joinTournament(database, { tournamentId: tournament.id, playerId });
  await passEnd(database, tournament);
  await settleTournament(database, tournament.id);
  for (const left of [playerId, winner]) {
    await deletePlayer(left);
    expect((await reload(database, tournament)).entrants).toBe(4);
    await requireConsistent(database);
  }
});

test('an unclaimed prize lapses with its player, and nobody can claim it', async () => {
  const { tournament, winner, second } = await settled();
  const prizeId = await prizeOf(winner);
  await deletePlayer(winner);
  for (const playerId of [winner, second]) {
    await expect(claimPrize(database, { prizeId, playerId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  }
  expect(await sumPrizes(database, { tournamentId: tournament.id })).toMatchObject({
    awarded: 3,
    pending: 2,
    lapsed: 1,
    claimed: 0,
  });
});

test('what was claimed stays in the ledger, under nobody’s name', async () => {
  const { tournament, winner } = await settled();
  await claimPrize(database, { prizeId: await prizeOf(winner), playerId: winner });
  await deletePlayer(winner);
  const left = await database.rows<{ count: number }>(sql`
    select count(*)::int as count from ledger_entries where account like ${`%${winner}%`}
    union all select count(*)::int from wallets where player_id = ${winner}::uuid`);
  expect(left.map(({ count }) => count)).toEqual([0, 0]);
  expect(await sumPrizes(database, { tournamentId: tournament.id })).toMatchObject({ claimed: 1, lapsed: 0 });
});

test('a deletion and a settlement at once end as one after the other', async () => {
  const other = await openDatabase({ databaseUrl: store.databaseUrl });
  for (let round = 0; round < 10; round += 1) {
    const { tournament, winner, second } = await contest();
    await passEnd(database, tournament);
    await Promise.all([settleTournament(other, tournament.id), deletePlayer(winner)]);
    const ranks = players(await frozenRows(database, tournament)).slice(0, 2);
    expect([winner, null]).not.toContain(ranks[1]);
    expect([second, null]).toContain(ranks[0]);
  }
  await other.close();
});

test('a deletion and a claim at once end as one after the other', async () => {
  for (let round = 0; round < 10; round += 1) {
    const { winner } = await settled();
    const claim = { prizeId: await prizeOf(winner), playerId: winner };
    const outcome = claimPrize(database, claim).then(
      () => 'CLAIMED',
      (error: DomainError) => error.code,
    );
    await deletePlayer(winner);
    expect(['CLAIMED', 'NOT_FOUND']).toContain(await outcome);
  }
});

test('where somebody came and has left again, watchers have another state, though all that can be counted is as before', async () => {
  const { tournament } = await contest();
  const before = await readWatchedTournament(database, tournament.id);
  const [guest = ''] = await store.newPlayers(1);
  await enterWithScores(database, tournament, [{ playerId: guest, score: 99 }]);
  await deletePlayer(guest);
  const after = await readWatchedTournament(database, tournament.id);
  expect(after?.entries).toEqual({ ...before?.entries, rowVersion: expect.any(String) });
  expect(after?.entries.rowVersion).not.toBe(before?.entries.rowVersion);
});
