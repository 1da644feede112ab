import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { settleTournament } from '../../../src/db/tournaments/settleTournament.ts';
import type { PayoutRule } from '../../../src/domain/prizes/payoutRule.ts';
import { startTestApp, send, type TestApp } from '../../setup/app.ts';
import { createBoard, signIn, type TestPlayer } from '../../setup/documents.ts';
import { readPages } from '../../setup/readPages.ts';
import {
  AllPrizeStatistics,
  ClaimPrize,
  MyPrizes,
  PlayerResults,
  PreviewPrizes,
  PrizeNode,
  TournamentPrizes,
} from '../../setup/prizeDocuments.ts';
import { TournamentById } from '../../setup/tournamentDocuments.ts';
import { enterWithScores, makeTournament, passEnd, requireConsistent } from '../../setup/tournaments.ts';

let app: TestApp;
let admin: string;
let board: { id: string; gameId: string };
let players: TestPlayer[];
beforeAll(async () => {
  app = await startTestApp({ env: { ROLES: 'api' } });
  admin = await app.tokenFor('admin', 'admin');
  const { id } = await createBoard(app);
  const [row] = await app.core.database.rows<{ gameId: string }>(
    sql`select game_id as "gameId" from leaderboards where id = ${idIn(id)}::uuid`,
  );
  board = { id: idIn(id), gameId: row?.gameId ?? '' };
  players = await Promise.all(['Ada', 'Bob', 'Cy', 'Dee'].map((name) => signIn(app, name)));
});
afterEach(() => requireConsistent(app.core.database));
afterAll(() => app.stop());

const idIn = (globalId: string) => atob(globalId).split(':')[1] ?? '';
const RULE: PayoutRule = {
  ranks: [
    { fromRank: 1, toRank: 1, coins: 100, gems: 7 },
    { fromRank: 2, toRank: 2, coins: 50, gems: 0 },
  ],
  percentPrizes: [{ fromPercent: 50, toPercent: 75, coins: 5, gems: 0 }],
  participation: null,
};

/** The four players with 40, 30, 20 and 10 points. */
async function scored(given: Parameters<typeof makeTournament>[2] = {}) {
  const tournament = await makeTournament(app.core.database, board, { payoutRule: RULE, ...given });
  const plays = players.map(({ id }, index) => ({ playerId: idIn(id), score: 40 - index * 10 }));
  await enterWithScores(app.core.database, tournament, plays);
  return { ...tournament, globalId: btoa(`Tournament:${tournament.id}`) };
}

async function settled(given: Parameters<typeof makeTournament>[2] = {}) {
  const tournament = await scored(given);
  await passEnd(app.core.database, tournament);
  await settleTournament(app.core.database, tournament.id);
  return tournament;
}

const tokenOf = (index: number) => players[index]?.token ?? '';
const myPrizes = async (index: number, variables = {}) =>
  (await send(app.url, MyPrizes, variables, tokenOf(index))).data;
const claim = async (prize: string, index: number) =>
  (await send(app.url, ClaimPrize, { prize }, tokenOf(index))).data.claimPrize;
const prizeIn = async (tournament: string, index: number) => {
  const { prizes } = await myPrizes(index);
  const edge = prizes.edges.find(({ node }) => node.tournament.id === tournament);
  if (!edge) throw new Error('the player has no prize of this tournament');
  return edge.node;
};

test('the preview says who would be given what now', async () => {
  const { globalId: id } = await scored();
  const preview = await readPages(async (after) => {
    const { data } = await send(app.url, PreviewPrizes, { id, first: 3, after });
    if (!data.tournament) throw new Error('no tournament');
    return data.tournament.previewPrizes;
  });
  expect(preview.map(({ standing, coins, gems }) => [standing.player.id, standing.rank, coins, gems])).toEqual([
    [players[0]?.id, 1, 100, 7],
    [players[1]?.id, 2, 50, 0],
    [players[2]?.id, 3, 5, 0],
    [players[3]?.id, 4, 0, 0],
  ]);
});

test('a cancelled tournament would give nobody anything', async () => {
  const { globalId: id } = await scored({ cancelledAt: new Date() });
  const { data } = await send(app.url, PreviewPrizes, { id });
  expect(data.tournament?.previewPrizes.edges.map(({ node }) => node.coins)).toEqual([0, 0, 0, 0]);
});

test('settlement awards what the preview said, to be claimed into the wallet once', async () => {
  const before = (await myPrizes(0)).me?.wallet;
  const { globalId } = await settled();
  const prize = await prizeIn(globalId, 0);
  expect(prize).toMatchObject({ rank: 1, coins: 100, gems: 7, state: 'PENDING', claimedAt: null, expiresAt: null });
  expect(prize).toMatchObject({ player: { id: players[0]?.id }, tournament: { state: 'SETTLED' } });

  const claimed = await claim(prize.id, 0);
  expect(claimed).toMatchObject({ __typename: 'Prize', id: prize.id, state: 'CLAIMED', coins: 100, gems: 7 });
  expect(await claim(prize.id, 0)).toEqual(claimed);
  const after = await myPrizes(0, { state: 'CLAIMED' });
  expect(after.prizes.edges.map(({ node }) => node.id)).toContain(prize.id);
  expect(after.me?.wallet).toEqual({ coins: (before?.coins ?? 0) + 100, gems: (before?.gems ?? 0) + 7 });
});

test('another player’s prize does not exist, but for admins', async () => {
  const { globalId } = await settled();
  const { id } = await prizeIn(globalId, 0);
  expect(await claim(id, 1)).toMatchObject({ __typename: 'NotFoundError', message: 'You have no such prize.' });
  const seen = async (token?: string) => (await send(app.url, PrizeNode, { id }, token)).data.node;
  expect([await seen(), await seen(tokenOf(1)), await seen(await app.tokenFor('s', 'server'))]).toEqual([
    null,
    null,
    null,
  ]);
  expect(await seen(tokenOf(0))).toEqual({ __typename: 'Prize', coins: 100 });
  expect(await seen(admin)).toEqual({ __typename: 'Prize', coins: 100 });
  expect((await prizeIn(globalId, 0)).state).toBe('PENDING');
});

test.for([btoa('Prize:01234567-89ab-4def-8123-456789abcdef'), btoa('Prize:5'), 'text'])(
  'claiming %s is answered with NotFoundError',
  async (id) => expect(await claim(id, 0)).toMatchObject({ __typename: 'NotFoundError' }),
);

test('a prize cannot be claimed once it has expired, by the database’s clock', async () => {
  const { id, globalId } = await settled({ claimExpiresAfterS: 60 });
  const [first, second] = [await prizeIn(globalId, 0), await prizeIn(globalId, 1)];
  await claim(first.id, 0);
  await app.core.database.rows(sql`
    update prizes set awarded_at = awarded_at - interval '60 seconds', expires_at = expires_at - interval '60 seconds'
    where tournament_id = ${id}::uuid`);
  expect(await claim(second.id, 1)).toMatchObject({ __typename: 'PrizeExpiredError', code: 'PRIZE_EXPIRED' });
  expect((await prizeIn(globalId, 1)).state).toBe('EXPIRED');
  expect(await claim(first.id, 0)).toMatchObject({ __typename: 'Prize', state: 'CLAIMED' });

  const { data } = await send(app.url, TournamentPrizes, { id: globalId }, admin);
  expect(data.tournament?.prizeStatistics).toEqual({
    awarded: 3,
    claimed: 1,
    pending: 0,
    expired: 2,
    lapsed: 0,
    coinsAwarded: 155,
    gemsAwarded: 7,
    coinsClaimed: 100,
    gemsClaimed: 7,
  });
});

test('an admin reads all prizes of a tournament by rank, in pages and by state', async () => {
  const { globalId: id } = await settled();
  await claim((await prizeIn(id, 1)).id, 1);
  const read = async (variables: object) => {
    const { data } = await send(app.url, TournamentPrizes, { id, ...variables }, admin);
    if (!data.tournament) throw new Error('no tournament');
    return data.tournament.prizes;
  };
  const all = await readPages((after) => read({ first: 2, after }));
  expect(all.map(({ rank, coins, state }) => [rank, coins, state])).toEqual([
    [1, 100, 'PENDING'],
    [2, 50, 'CLAIMED'],
    [3, 5, 'PENDING'],
  ]);
  const pending = await readPages((after) => read({ first: 1, after, state: 'PENDING' }));
  expect(pending.map(({ rank }) => rank)).toEqual([1, 3]);
});

test('a player’s prizes are listed in pages, the latest award first', async () => {
  await settled();
  const all = (await myPrizes(2, { first: 100 })).prizes.edges.map(({ node }) => node);
  expect(all.length).toBeGreaterThan(3);
  expect(all).toEqual(all.toSorted((a, b) => b.awardedAt.localeCompare(a.awardedAt)));
  expect(await readPages(async (after) => (await myPrizes(2, { first: 2, after })).prizes)).toEqual(all);
  expect((await myPrizes(3)).prizes.edges).toEqual([]);
});

test('statistics of a game and of all games add up every tournament, for admins', async () => {
  const overall = async (game?: string) =>
    (await send(app.url, AllPrizeStatistics, { game }, admin)).data.prizeStatistics;
  const before = await overall();
  await settled();
  const after = await overall();
  expect(after).toEqual(await overall('g'));
  expect(after).toMatchObject({
    awarded: before.awarded + 3,
    pending: before.pending + 3,
    coinsAwarded: before.coinsAwarded + 155,
  });
  expect(await overall('none')).toMatchObject({ awarded: 0, coinsAwarded: 0 });
});

test('prizes are for admins and their players, and wallets too', async () => {
  const { globalId: id } = await settled();
  const refused = await Promise.all([
    send(app.url, MyPrizes, {}),
    send(app.url, MyPrizes, {}, admin),
    send(app.url, TournamentPrizes, { id }, tokenOf(0)),
    send(app.url, AllPrizeStatistics, {}, tokenOf(0)),
  ]);
  expect(refused.map(({ errors }) => errors[0]?.extensions.code)).toEqual([
    'UNAUTHENTICATED',
    'FORBIDDEN',
    'FORBIDDEN',
    'FORBIDDEN',
  ]);
  const player = players[0]?.id ?? '';
  const walletFor = async (token?: string) =>
    (await send(app.url, PlayerResults, { player, first: 1 }, token)).data.player?.wallet;
  expect([await walletFor(), await walletFor(tokenOf(1))]).toEqual([null, null]);
  expect(await walletFor(admin)).toEqual(await walletFor(tokenOf(0)));
  expect(await walletFor(admin)).not.toBeNull();
  expect((await myPrizes(3)).me?.wallet).toEqual({ coins: 0, gems: 0 });
});

test('a player’s history has every settled tournament with the rank, for everybody to see', async () => {
  const { name } = await settled();
  await scored();
  const player = players[1]?.id ?? '';
  const history = await readPages(async (after) => {
    const { data } = await send(app.url, PlayerResults, { player, first: 2, after });
    if (!data.player) throw new Error('no player');
    return data.player.tournamentHistory;
  });
  expect(history[0]).toEqual({ rank: 2, score: 30, attempts: 1, tournament: { name, state: 'SETTLED' } });
  expect(new Set(history.map(({ tournament }) => tournament.name)).size).toBe(history.length);
  expect(new Set(history.map(({ tournament }) => tournament.state))).toEqual(new Set(['SETTLED']));
});

test('an entry has the score and the rank that the player stands with, also after settlement', async () => {
  const { globalId: id, ...tournament } = await scored();
  const entry = async () => (await send(app.url, TournamentById, { id }, tokenOf(2))).data.tournament?.myEntry;
  expect(await entry()).toMatchObject({ bestScore: 20, rank: 3, attempts: 1 });
  await passEnd(app.core.database, tournament);
  await settleTournament(app.core.database, tournament.id);
  expect(await entry()).toMatchObject({ bestScore: 20, rank: 3, attempts: 1 });
});
