import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SubmitScoreInput } from '../../generated/graphql.ts';
import { send, startTestApp, type TestApp } from '../../setup/app.ts';
import { createBoard, signIn, SubmitScores, type TestPlayer } from '../../setup/documents.ts';
import {
  Attempt,
  CreateTournament,
  EndTournament,
  JoinTournament,
  TournamentById,
  TournamentStandings,
} from '../../setup/tournamentDocuments.ts';
import { requireVerified, secondsFromNow, tournamentInput } from '../../setup/tournaments.ts';

let app: TestApp;
let admin: string;
beforeAll(async () => {
  app = await startTestApp();
  admin = await app.tokenFor('admin', 'admin');
});
afterAll(async () => {
  await requireVerified(app.core.database);
  await app.stop();
});

let boards = 0;
async function newBoard(operator: 'BEST' | 'LATEST' | 'SUM' = 'BEST') {
  boards += 1;
  return createBoard(app, { slug: `board-${boards}`, operator });
}

async function newTournament(board: { slug: string }, given: Parameters<typeof tournamentInput>[0] = {}) {
  const input = tournamentInput({ leaderboard: board.slug, ...given });
  const { data } = await send(app.url, CreateTournament, { input }, admin);
  if (data.createTournament.__typename !== 'Tournament') throw new Error(JSON.stringify(data.createTournament));
  return data.createTournament.id;
}

let plays = 0;
async function submit(
  player: TestPlayer,
  board: { slug: string },
  score: number,
  given: Partial<SubmitScoreInput> = {},
) {
  plays += 1;
  const input = { game: 'g', leaderboard: board.slug, score, idempotencyKey: `play ${plays}`, ...given };
  return (await send(app.url, Attempt, { input }, player.token)).data.submitScore;
}

const counted = (result: Awaited<ReturnType<typeof submit>>) =>
  result.__typename === 'Submission'
    ? result.attempts.map(({ number, tournament }) => [tournament.id, number])
    : result;

async function standingsOf(id: string): Promise<[string, number][]> {
  const { data } = await send(app.url, TournamentStandings, { id });
  return data.tournament?.standings.edges.map(({ node }) => [node.player.id, node.score]) ?? [];
}

test('a score counts in every open tournament of its board that the player is in or that needs no joining', async () => {
  const board = await newBoard();
  const [ada, bea] = [await signIn(app), await signIn(app)];
  const open = await newTournament(board);
  const joined = await newTournament(board, { joinRequired: true });
  const later = await newTournament(board, { startsAt: secondsFromNow(300).toISOString() });
  const elsewhere = await newTournament(await newBoard());
  await send(app.url, JoinTournament, { tournament: joined }, ada.token);
  expect(new Set(counted(await submit(ada, board, 5)) as unknown[])).toEqual(
    new Set([
      [open, 1],
      [joined, 1],
    ]),
  );
  expect(counted(await submit(bea, board, 7))).toEqual([[open, 1]]);
  expect(new Set(counted(await submit(ada, board, 3)) as unknown[])).toEqual(
    new Set([
      [open, 2],
      [joined, 2],
    ]),
  );
  expect(await standingsOf(open)).toEqual([
    [bea.id, 7],
    [ada.id, 5],
  ]);
  expect(await standingsOf(joined)).toEqual([[ada.id, 5]]);
  for (const empty of [later, elsewhere]) expect(await standingsOf(empty)).toEqual([]);
  const { data } = await send(app.url, TournamentById, { id: open }, ada.token);
  expect(data.tournament).toMatchObject({ entrants: 2, myEntry: { attempts: 2, bestScore: 5 } });
});

test('a score that names a tournament counts there and nowhere else', async () => {
  const board = await newBoard();
  const ada = await signIn(app);
  const [one, other] = [await newTournament(board), await newTournament(board)];
  expect(counted(await submit(ada, board, 5, { tournament: one }))).toEqual([[one, 1]]);
  expect(await standingsOf(other)).toEqual([]);
});

test('a score that names a tournament which does not take it is refused, saying why, and changes nothing', async () => {
  const board = await newBoard();
  const ada = await signIn(app);
  const upcoming = await newTournament(board, { startsAt: secondsFromNow(300).toISOString() });
  const private_ = await newTournament(board, { joinRequired: true });
  const high = await newTournament(board, { minScore: 10 });
  const full = await newTournament(board, { capacity: 1 });
  const once = await newTournament(board, { maxAttempts: 1 });
  const over = await newTournament(board);
  await send(app.url, EndTournament, { tournament: over }, admin);
  await submit(await signIn(app), board, 1, { tournament: full });
  await submit(ada, board, 1, { tournament: once });
  const elsewhere = await newTournament(await newBoard());
  for (const [tournament, code] of [
    [upcoming, 'TOURNAMENT_CLOSED'],
    [over, 'TOURNAMENT_CLOSED'],
    [private_, 'NOT_ENTERED'],
    [high, 'SCORE_OUT_OF_RANGE'],
    [full, 'TOURNAMENT_FULL'],
    [once, 'ATTEMPT_LIMIT'],
    [elsewhere, 'NOT_FOUND'],
    [btoa('Tournament:00000000-0000-4000-8000-000000000000'), 'NOT_FOUND'],
    [ada.id, 'NOT_FOUND'],
  ] as const) {
    expect(await submit(ada, board, 9, { tournament })).toMatchObject({ code });
  }
  // One that is not named and does not take it does not refuse it.
  expect(counted(await submit(ada, board, 9))).toEqual([]);
});

test('a retry counts once and is told the same, and the same key for another tournament is a conflict', async () => {
  const board = await newBoard();
  const ada = await signIn(app);
  const [one, other] = [await newTournament(board), await newTournament(board)];
  const play = { idempotencyKey: 'again', tournament: one };
  const first = await submit(ada, board, 5, play);
  expect(await submit(ada, board, 5, play)).toEqual({ ...first, replayed: true });
  expect(await submit(ada, board, 5, { ...play, tournament: other })).toMatchObject({ code: 'IDEMPOTENCY_CONFLICT' });
  const { data } = await send(app.url, TournamentById, { id: one }, ada.token);
  expect(data.tournament?.myEntry).toMatchObject({ attempts: 1 });
});

test.for([
  ['BEST', [5, 9, 7], 9],
  ['LATEST', [5, 9, 7], 7],
  ['SUM', [5, 9, 7], 21],
] as const)(
  'a tournament of a %s board follows its rule from the first attempt on',
  async ([operator, scores, expected]) => {
    const board = await newBoard(operator);
    const ada = await signIn(app);
    await submit(ada, board, 100);
    const id = await newTournament(board);
    for (const score of scores) await submit(ada, board, score);
    expect(await standingsOf(id)).toEqual([[ada.id, expected]]);
  },
);

test('a game server names a tournament for each score of a batch, and each has its own verdict', async () => {
  const board = await newBoard();
  const players = await Promise.all([1, 2, 3].map(() => signIn(app)));
  const id = await newTournament(board, { capacity: 2 });
  const input = players.map(({ id: player }, index) => ({
    player,
    game: 'g',
    leaderboard: board.slug,
    score: index,
    idempotencyKey: 'one',
    tournament: id,
  }));
  const { data } = await send(app.url, SubmitScores, { input }, await app.tokenFor('server', 'server'));
  expect(data.submitScores.map(({ __typename }) => __typename)).toEqual([
    'Submission',
    'Submission',
    'TournamentFullError',
  ]);
  expect((await standingsOf(id)).map(([, score]) => score)).toEqual([1, 0]);
});
