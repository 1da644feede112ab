import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { forgetTournamentPlayer } from '../../../src/db/tournaments/forgetTournamentPlayer.ts';
import { settleTournament } from '../../../src/db/tournaments/settleTournament.ts';
import type { TournamentStandingsQueryVariables } from '../../generated/graphql.ts';
import { send, startTestApp, type TestApp } from '../../setup/app.ts';
import { Board, createBoard, signIn, SubmitScore, type TestPlayer } from '../../setup/documents.ts';
import { readPages } from '../../setup/readPages.ts';
import { TournamentStandings } from '../../setup/tournamentDocuments.ts';
import { enterWithScores, makeTournament, passEnd } from '../../setup/tournaments.ts';

let app: TestApp;
let players: TestPlayer[];
let board: { id: string; gameId: string };
beforeAll(async () => {
  app = await startTestApp({ env: { ROLES: 'api' } });
  const { id } = await createBoard(app);
  const [row] = await app.core.database.rows<{ gameId: string }>(
    sql`select game_id as "gameId" from leaderboards where id = ${idIn(id)}::uuid`,
  );
  board = { id: idIn(id), gameId: row?.gameId ?? '' };
});
afterAll(() => app.stop());

const idIn = (globalId: string) => atob(globalId).split(':')[1] ?? '';

/** Five new players, two of them level. */
async function contest() {
  players = await Promise.all(['Ada', 'Bob', 'Cy', 'Dee', 'Eve'].map((name) => signIn(app, name)));
  const tournament = await makeTournament(app.core.database, board);
  const scores = [50, 40, 40, 20, 10];
  const plays = players.map(({ id }, index) => ({ playerId: idIn(id), score: scores[index] ?? 0 }));
  await enterWithScores(app.core.database, tournament, plays);
  return { ...tournament, globalId: btoa(`Tournament:${tournament.id}`) };
}

async function settle(tournament: { id: string }): Promise<void> {
  await passEnd(app.core.database, tournament);
  await settleTournament(app.core.database, tournament.id);
}

async function read(variables: TournamentStandingsQueryVariables) {
  const { data } = await send(app.url, TournamentStandings, variables);
  if (!data.tournament) throw new Error('there is no tournament');
  return data.tournament.standings;
}

const ranks = (rows: { player: { id: string }; ordinal: number; competition: number; dense: number }[]) =>
  rows.map(({ player, ordinal, competition, dense }) => [
    players.findIndex(({ id }) => id === player.id),
    ordinal,
    competition,
    dense,
  ]);
const whole = [
  [0, 1, 1, 1],
  [1, 2, 2, 2],
  [2, 3, 2, 2],
  [3, 4, 4, 3],
  [4, 5, 5, 4],
];

test('standings are read in pages, in all rank styles, live and frozen alike', async () => {
  const tournament = await contest();
  const { globalId: id } = tournament;
  const pages = async () => ranks(await readPages((after) => read({ id, first: 2, after })));
  expect(await pages()).toEqual(whole);
  const live = await read({ id });
  await settle(tournament);
  expect(await pages()).toEqual(whole);
  const frozen = await read({ id });
  expect(frozen).toMatchObject({ totalCount: 5, revision: live.revision });
  expect(frozen.edges.map(({ cursor }) => cursor)).toEqual(live.edges.map(({ cursor }) => cursor));
});

test('standings are read from the end, above a cursor, and around a player', async () => {
  const { globalId: id } = await contest();
  const rows = async (variables: object) => ranks((await read({ id, ...variables })).edges.map(({ node }) => node));
  expect(await rows({ last: 2 })).toEqual(whole.slice(3));
  const { startCursor } = (await read({ id, last: 2 })).pageInfo;
  expect(await rows({ last: 2, before: startCursor })).toEqual(whole.slice(1, 3));
  expect(await rows({ first: 3, around: players[2]?.id })).toEqual(whole.slice(1, 4));
});

test('a standing of a tournament has the tournament’s window as its period', async () => {
  const { globalId: id, startsAt, endsAt } = await contest();
  const [edge] = (await read({ id, first: 1 })).edges;
  expect(edge?.node).toMatchObject({
    score: 50,
    percentile: 100,
    cadence: 'ALL_TIME',
    periodStartsAt: startsAt.toISOString(),
    periodEndsAt: endsAt.toISOString(),
    leaderboard: { slug: 'scores' },
    tournament: { id },
  });
});

test('a frozen standing without its player is left out and stays counted', async () => {
  const tournament = await contest();
  await settle(tournament);
  await app.core.database.transaction((tx) => forgetTournamentPlayer(tx, idIn(players[0]?.id ?? '')));
  const { edges, totalCount } = await read({ id: tournament.globalId });
  expect(totalCount).toBe(5);
  expect(ranks(edges.map(({ node }) => node))).toEqual(whole.slice(1));
});

test('the cursor of a board does not lead into a tournament', async () => {
  const { globalId: id } = await contest();
  const input = { game: 'g', leaderboard: 'scores', score: 1, idempotencyKey: 'k' };
  await send(app.url, SubmitScore, { input }, players[0]?.token);
  const { data } = await send(app.url, Board, { game: 'g', slug: 'scores' });
  const after = data.leaderboard?.standings.pageInfo.endCursor;
  expect(after).toBeTruthy();
  const { errors } = await send(app.url, TournamentStandings, { id, after });
  expect(errors[0]).toMatchObject({ message: 'The cursor does not belong to a tournament.' });
});
