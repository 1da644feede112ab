import { afterAll, beforeAll, expect, test } from 'vitest';
import { graphql } from '../../generated/gql.ts';
import { send, startTestApp, type TestApp } from '../../setup/app.ts';
import { Board, createBoard, signIn, SubmitScore, SubmitScores, type TestPlayer } from '../../setup/documents.ts';

const UpdateLeaderboard = graphql(`
  mutation UpdateLeaderboard($input: UpdateLeaderboardInput!) {
    updateLeaderboard(input: $input) {
      __typename
      ... on Leaderboard {
        name
        minScore
        maxScore
      }
      ... on Error {
        code
        message
      }
    }
  }
`);

const Stats = graphql(`
  query Stats($game: String) {
    me {
      stats(game: $game) {
        scores
        sum
        average
        highScore
      }
      standings(game: $game) {
        cadence
        rank
        score
        leaderboard {
          slug
        }
      }
    }
  }
`);

let app: TestApp;
let player: TestPlayer;
beforeAll(async () => {
  app = await startTestApp();
  player = await signIn(app);
});
afterAll(() => app.stop());

type TestBoard = { game: string; slug: string };

async function submit(
  { game, slug }: TestBoard,
  by: TestPlayer,
  score: number,
  more: { idempotencyKey?: string; metadata?: unknown } = {},
) {
  const idempotencyKey = more.idempotencyKey ?? `${slug} ${score}`;
  const input = { game, leaderboard: slug, score, idempotencyKey, metadata: more.metadata };
  const { data } = await send(app.url, SubmitScore, { input }, by.token);
  return data.submitScore;
}

test('200 concurrent submissions with one key leave one score, and all answers are equal but for replayed', async () => {
  const board = await createBoard(app, { slug: 'one-key', cadences: ['ALL_TIME', 'DAILY'] });
  const results = await Promise.all(
    Array.from({ length: 200 }, () => submit(board, player, 42, { idempotencyKey: 'once' })),
  );
  expect(results.filter((result) => 'replayed' in result && !result.replayed)).toHaveLength(1);
  expect(new Set(results.map((result) => JSON.stringify({ ...result, replayed: null }))).size).toBe(1);
});

test('the same key with another score, board or metadata is a conflict, and nothing is written', async () => {
  const board = await createBoard(app, { slug: 'conflict' });
  const other = await createBoard(app, { slug: 'conflict-other' });
  const by = await signIn(app);
  await submit(board, by, 10, { idempotencyKey: 'k', metadata: { a: 1, b: 2 } });
  const again = { idempotencyKey: 'k', metadata: { b: 2, a: 1 } };
  expect(await submit(board, by, 10, again)).toMatchObject({ replayed: true });
  const conflict = { __typename: 'IdempotencyConflictError', code: 'IDEMPOTENCY_CONFLICT' };
  expect(await submit(board, by, 11, again)).toMatchObject(conflict);
  expect(await submit(other, by, 10, again)).toMatchObject(conflict);
  expect(await submit(board, by, 10, { idempotencyKey: 'k', metadata: null })).toMatchObject(conflict);
  const { data } = await send(app.url, Stats, { game: 'g' }, by.token);
  expect(data.me).toMatchObject({ stats: { scores: 1, sum: 10 }, standings: [{ score: 10 }] });
});

test('two players may use the same key', async () => {
  const board = await createBoard(app, { slug: 'same-key' });
  const [one, two] = [await signIn(app), await signIn(app)];
  expect(await submit(board, one, 1, { idempotencyKey: 'k' })).toMatchObject({ replayed: false });
  expect(await submit(board, two, 2, { idempotencyKey: 'k' })).toMatchObject({ replayed: false });
});

test('the answer tells the ranks before and after, and a retry tells the same after others have moved', async () => {
  const board = await createBoard(app, { slug: 'ranks', cadences: ['ALL_TIME', 'WEEKLY'] });
  const [a, b, c] = [await signIn(app), await signIn(app), await signIn(app)];
  await submit(board, a, 100);
  await submit(board, b, 90);
  expect(await submit(board, c, 80)).toMatchObject({
    outcome: 'IMPROVED',
    previousRank: null,
    standings: [
      { cadence: 'ALL_TIME', rank: 3, score: 80, periodStartsAt: null },
      { cadence: 'WEEKLY', rank: 3, score: 80 },
    ],
  });
  const improved = await submit(board, c, 95);
  expect(improved).toMatchObject({ previousRank: 3, standings: [{ rank: 2, score: 95 }, { rank: 2 }] });
  expect(await submit(board, c, 5)).toMatchObject({
    outcome: 'UNCHANGED',
    previousRank: 2,
    standings: [{ rank: 2, score: 95 }, { rank: 2 }],
  });
  await submit(board, b, 200);
  await submit(board, a, 300);
  expect(await submit(board, c, 95)).toEqual({ ...improved, replayed: true });
});

test('a score outside the limits is refused with the limits, and the key stays free', async () => {
  const board = await createBoard(app, { slug: 'limits', minScore: 0, maxScore: 100 });
  const by = await signIn(app);
  expect(await submit(board, by, 101, { idempotencyKey: 'k' })).toMatchObject({
    __typename: 'ScoreOutOfRangeError',
    message: 'This board takes scores of at least 0 and at most 100.',
  });
  expect(await submit(board, by, -1, { idempotencyKey: 'k' })).toMatchObject({ code: 'SCORE_OUT_OF_RANGE' });
  const admin = await app.tokenFor('admin', 'admin');
  const { data } = await send(
    app.url,
    UpdateLeaderboard,
    { input: { ...board, id: undefined, maxScore: null } as never },
    admin,
  );
  expect(data.updateLeaderboard).toMatchObject({ minScore: 0, maxScore: null });
  expect(await submit(board, by, 101, { idempotencyKey: 'k' })).toMatchObject({ outcome: 'IMPROVED', replayed: false });
});

test('only an admin changes a board, and limits that no score could meet are refused', async () => {
  const board = await createBoard(app, { slug: 'update', minScore: 5 });
  const change = (input: object, token: string) =>
    send(app.url, UpdateLeaderboard, { input: { game: board.game, slug: board.slug, ...input } }, token);
  expect((await change({ name: 'x' }, player.token)).status).toBe(403);
  const admin = await app.tokenFor('admin', 'admin');
  expect((await change({ maxScore: 4 }, admin)).data.updateLeaderboard).toMatchObject({
    code: 'VALIDATION',
    message: 'input.minScore: must not be above maxScore',
  });
  expect((await change({ slug: 'nowhere' }, admin)).data.updateLeaderboard).toMatchObject({ code: 'NOT_FOUND' });
  expect((await change({ name: ' New  name ' }, admin)).data.updateLeaderboard).toMatchObject({ name: 'New  name' });
});

test('metadata over 1 KiB, and an empty or long key, are refused by name', async () => {
  const board = await createBoard(app, { slug: 'validation' });
  expect(await submit(board, player, 1, { metadata: 'x'.repeat(1_023) })).toMatchObject({
    code: 'VALIDATION',
    message: 'input.metadata: use 1024 bytes of JSON at most',
  });
  expect(await submit(board, player, 1, { idempotencyKey: '' })).toMatchObject({ code: 'VALIDATION' });
  expect(await submit(board, player, 1, { idempotencyKey: 'x'.repeat(129) })).toMatchObject({
    message: 'input.idempotencyKey: use 128 characters at most',
  });
  expect(await submit(board, player, 1, { metadata: 'x'.repeat(1_022) })).toMatchObject({ outcome: 'IMPROVED' });
});

test('a board that does not exist, and a token whose player does not, are not found', async () => {
  expect(await submit({ game: 'g', slug: 'nowhere' }, player, 1)).toMatchObject({ __typename: 'NotFoundError' });
  const board = await createBoard(app, { slug: 'nobody' });
  const token = await app.tokenFor('00000000-0000-4000-8000-000000000000', 'player');
  expect(await submit(board, { id: '', token }, 1)).toMatchObject({ message: 'There is no such player.' });
});

test('a batch is answered in its order, and a refusal in it does not touch the others', async () => {
  const board = await createBoard(app, { slug: 'batch', maxScore: 50 });
  const [one, two] = [await signIn(app), await signIn(app)];
  const server = await app.tokenFor('server', 'server');
  const item = (to: string, score: number, idempotencyKey: string) => ({
    player: to,
    game: board.game,
    leaderboard: board.slug,
    score,
    idempotencyKey,
  });
  const input = [
    item(one.id, 10, 'a'),
    item(two.id, 51, 'a'),
    item('not an id', 1, 'a'),
    item(one.id, 10, 'a'),
    item(one.id, 12, 'a'),
    { ...item(two.id, 1, 'b'), leaderboard: 'nowhere' },
    item(two.id, 20, 'c'),
  ];
  const { data } = await send(app.url, SubmitScores, { input }, server);
  expect(data.submitScores).toMatchObject([
    { outcome: 'IMPROVED', replayed: false },
    { code: 'SCORE_OUT_OF_RANGE' },
    { code: 'VALIDATION' },
    { outcome: 'IMPROVED', replayed: true },
    { code: 'IDEMPOTENCY_CONFLICT' },
    { code: 'NOT_FOUND' },
    { outcome: 'IMPROVED', replayed: false },
  ]);
  const { data: after } = await send(app.url, Board, { game: board.game, slug: board.slug });
  expect(after.leaderboard?.standings.edges.map(({ node }) => node.score)).toEqual([20, 10]);
  const tooMany = Array.from({ length: 101 }, (_, index) => item(one.id, 1, `many ${index}`));
  expect(await send(app.url, SubmitScores, { input: tooMany }, server)).toMatchObject({
    status: 400,
    errors: [{ message: 'Send at most 100 scores at once; these are 101.' }],
  });
});

test('statistics count each accepted score once, over one game', async () => {
  const board = await createBoard(app, { slug: 'statistics', sortOrder: 'ASCENDING' });
  const by = await signIn(app);
  for (const score of [30, 10, 20]) await submit(board, by, score);
  await submit(board, by, 10);
  const { data } = await send(app.url, Stats, { game: 'g' }, by.token);
  expect(data.me).toEqual({
    stats: { scores: 3, sum: 60, average: 20, highScore: 30 },
    standings: [{ cadence: 'ALL_TIME', rank: 1, score: 10, leaderboard: { slug: 'statistics' } }],
  });
  expect((await send(app.url, Stats, { game: 'nowhere' }, by.token)).data.me).toEqual({
    stats: { scores: 0, sum: 0, average: 0, highScore: null },
    standings: [],
  });
});

test('a LATEST board takes a worse score, and the same score again does not move its moment', async () => {
  const board = await createBoard(app, { slug: 'latest', operator: 'LATEST' });
  const by = await signIn(app);
  await submit(board, by, 9, { idempotencyKey: 'a' });
  const worse = await submit(board, by, 3, { idempotencyKey: 'b' });
  expect(worse).toMatchObject({ outcome: 'IMPROVED', standings: [{ score: 3 }] });
  const same = await submit(board, by, 3, { idempotencyKey: 'c' });
  expect(same).toMatchObject({ outcome: 'UNCHANGED', standings: 'standings' in worse ? worse.standings : [] });
});

test('a score is exact at both ends of its range, as a number and as digits', async () => {
  const board = await createBoard(app, { slug: 'exact' });
  const [high, low] = [await signIn(app), await signIn(app)];
  await submit(board, high, Number.MAX_SAFE_INTEGER);
  await submit(board, low, '-9007199254740991' as never);
  const { data } = await send(app.url, Board, { game: board.game, slug: board.slug });
  expect(data.leaderboard?.standings.edges.map(({ node }) => node.score)).toEqual([
    Number.MAX_SAFE_INTEGER,
    -Number.MAX_SAFE_INTEGER,
  ]);
});
