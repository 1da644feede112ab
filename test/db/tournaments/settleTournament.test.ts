import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listDueTournaments } from '../../../src/db/tournaments/listDueTournaments.ts';
import { type Database, openDatabase } from '../../../src/db/open.ts';
import { settleTournament } from '../../../src/db/tournaments/settleTournament.ts';
import { PRESET } from '../../../src/domain/prizes/payoutRule.ts';
import { stateOf } from '../../../src/domain/tournaments/tournament.ts';
import { type BoardStore, openBoardStore, rankNaively } from '../../setup/boards.ts';
import {
  enterWithScores,
  frozenRows,
  makeTournament,
  passEnd,
  prizeRows,
  reload,
  secondsFromNow,
  requireConsistent,
} from '../../setup/tournaments.ts';

let store: BoardStore;
let database: Database;
/** As a second process has it. */
let other: Database;
beforeAll(async () => {
  store = await openBoardStore();
  database = store.database;
  other = await openDatabase({ databaseUrl: store.databaseUrl });
});
afterAll(async () => {
  await requireConsistent(database);
  await Promise.all([database.close(), other.close()]);
});

async function endedTournament(scores: number[], board: Parameters<BoardStore['newBoard']>[0] = {}) {
  const made = await store.newBoard(board);
  const tournament = await makeTournament(database, made);
  const players = await store.newPlayers(scores.length);
  const plays = scores.map((score, index) => ({ playerId: players[index] ?? '', score }));
  const entries = await enterWithScores(database, tournament, plays);
  await passEnd(database, tournament);
  return { tournament, entries, board: made };
}

test('settling freezes the standings and awards the prizes of the payout rule', async () => {
  const { tournament, entries } = await endedTournament(Array.from({ length: 60 }, (_, index) => index * 3));
  const settlement = await settleTournament(database, tournament.id);
  expect(settlement).toMatchObject({ outcome: 'SETTLED', standings: 60, prizes: 50 });
  const expected = rankNaively(entries, 'DESCENDING');
  expect(settlement).toMatchObject({ awardedTo: expected.slice(0, 50).map(({ playerId }) => playerId) });
  expect(await frozenRows(database, tournament)).toEqual(
    expected.map(({ ordinal, playerId, orderKey, reachedSeq }) => ({ rank: ordinal, playerId, orderKey, reachedSeq })),
  );
  const prizes = await prizeRows(database, tournament);
  expect(prizes.map(({ playerId }) => playerId)).toEqual(expected.slice(0, 50).map(({ playerId }) => playerId));
  expect(prizes.slice(0, 4).map(({ coins, gems }) => [coins, gems])).toEqual([
    [5_000, 250],
    [3_000, 150],
    [2_000, 100],
    [1_000, 50],
  ]);
  expect(prizes.reduce((sum, { coins }) => sum + coins, 0)).toBe(37_000);
  const after = await reload(database, tournament);
  expect(stateOf(after, after.readAt)).toBe('SETTLED');
  expect(after.settledAt).toEqual(prizes[0]?.awardedAt);
});

for (const sortOrder of ['ASCENDING', 'DESCENDING'] as const) {
  test(`ties on prize ranks of a board in ${sortOrder} order resolve by who was first`, async () => {
    const { tournament, entries } = await endedTournament([7, 7, 7, 7, 7], { sortOrder });
    await settleTournament(database, tournament.id);
    const prizes = await prizeRows(database, tournament);
    const first = entries.toSorted((a, b) => a.reachedSeq - b.reachedSeq);
    expect(prizes.map(({ playerId }) => playerId)).toEqual(first.map(({ playerId }) => playerId));
  });
}

test('settling again changes nothing and says so', async () => {
  const { tournament } = await endedTournament([3, 2, 1]);
  await settleTournament(database, tournament.id);
  const state = async () => [
    await reload(database, tournament).then(({ readAt: _readAt, ...rest }) => rest),
    await frozenRows(database, tournament),
    await database.rows(sql`select * from prizes where tournament_id = ${tournament.id}::uuid order by rank`),
  ];
  const before = await state();
  expect(await settleTournament(other, tournament.id)).toEqual({ outcome: 'SETTLED_BEFORE' });
  expect(await state()).toEqual(before);
});

test('of many settlements at once by two processes, one settles', async () => {
  const { tournament } = await endedTournament([3, 2, 1]);
  const settlements = await Promise.all(
    Array.from({ length: 20 }, (_, index) => settleTournament(index % 2 ? database : other, tournament.id)),
  );
  const outcomes = settlements.map(({ outcome }) => outcome);
  expect(outcomes.filter((outcome) => outcome === 'SETTLED')).toHaveLength(1);
  expect(outcomes.filter((outcome) => outcome === 'SETTLED_BEFORE')).toHaveLength(19);
  expect(await prizeRows(database, tournament)).toHaveLength(3);
});

test('players without a score are neither ranked nor awarded, and nobody is a standing of its own', async () => {
  const tournament = await makeTournament(database, await store.newBoard());
  const [playerId = ''] = await store.newPlayers(1);
  await passEnd(database, tournament);
  await database.rows(sql`
    insert into tournament_entries (tournament_id, player_id, joined_at)
    values (${tournament.id}::uuid, ${playerId}::uuid, clock_timestamp())`);
  await database.rows(sql`update tournaments set entrants = 1 where id = ${tournament.id}::uuid`);
  expect(await settleTournament(database, tournament.id)).toMatchObject({
    outcome: 'SETTLED',
    standings: 0,
    prizes: 0,
  });
});

test('nothing is settled before the grace period has passed, nor after a cancellation', async () => {
  const board = await store.newBoard();
  const waiting = await makeTournament(database, board, { endsAt: secondsFromNow(-1), graceS: 60 });
  const open = await makeTournament(database, board);
  const cancelled = await makeTournament(database, board, { endsAt: secondsFromNow(-1), cancelledAt: new Date() });
  const byHand = await makeTournament(database, board, { endedAt: secondsFromNow(-1) });
  expect(await settleTournament(database, waiting.id)).toEqual({ outcome: 'NOT_DUE' });
  expect(await settleTournament(database, open.id)).toEqual({ outcome: 'NOT_DUE' });
  expect(await settleTournament(database, cancelled.id)).toEqual({ outcome: 'CANCELLED' });
  expect(await settleTournament(database, crypto.randomUUID())).toEqual({ outcome: 'NOT_FOUND' });
  expect(await listDueTournaments(database)).toEqual([byHand.id]);
  expect(await settleTournament(database, byHand.id)).toMatchObject({ outcome: 'SETTLED' });
});

test('what is due is listed in the order of its end, whichever way it ended', async () => {
  const board = await store.newBoard();
  const made = [
    await makeTournament(database, board, { endsAt: secondsFromNow(-10) }),
    await makeTournament(database, board, { endsAt: secondsFromNow(-30) }),
    await makeTournament(database, board, { endedAt: secondsFromNow(-20) }),
  ];
  const due = await listDueTournaments(database);
  expect(due).toEqual([made[1]?.id, made[2]?.id, made[0]?.id]);
  for (const id of due) await settleTournament(database, id);
  expect(await listDueTournaments(database)).toEqual([]);
});

test('prizes expire as long after the award as the tournament says', async () => {
  const board = await store.newBoard();
  const tournament = await makeTournament(database, board, { claimExpiresAfterS: 90 });
  const [playerId = ''] = await store.newPlayers(1);
  await enterWithScores(database, tournament, [{ playerId, score: 1 }]);
  await passEnd(database, tournament);
  await settleTournament(database, tournament.id);
  const [prize] = await database.rows<{ seconds: number }>(sql`
    select extract(epoch from expires_at - awarded_at)::int as seconds from prizes where player_id = ${playerId}::uuid`);
  expect(prize?.seconds).toBe(90);
});

test('12 000 entrants are settled in one transaction, within its deadlines', async () => {
  const payoutRule = { ...PRESET, participation: { coins: 1, gems: 0 } };
  const tournament = await makeTournament(database, await store.newBoard(), { payoutRule: payoutRule });
  const players = await store.newPlayers(12_000);
  const plays = players.map((playerId, index) => ({ playerId, score: (index * 7_919) % 1_000 }));
  for (let start = 0; start < plays.length; start += 4_000) {
    await enterWithScores(database, tournament, plays.slice(start, start + 4_000));
  }
  await passEnd(database, tournament);
  expect(await settleTournament(database, tournament.id)).toMatchObject({ standings: 12_000, prizes: 12_000 });
  const [sum] = await database.rows<{ coins: number }>(
    sql`select sum(coins)::int8 as coins from prizes where tournament_id = ${tournament.id}::uuid`,
  );
  expect(sum?.coins).toBe(37_000 + 11_950);
});
