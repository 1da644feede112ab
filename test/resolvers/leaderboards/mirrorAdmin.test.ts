import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { bodyOf, post } from '../../setup/http.ts';
import { send, startTestApp, type TestApp } from '../../setup/app.ts';
import { createBoard, signIn, SubmitScores } from '../../setup/documents.ts';
import { DriftReport, RebuildLeaderboard } from '../../setup/mirrorDocuments.ts';

let app: TestApp;
let alone: TestApp;
let admin: string;
beforeAll(async () => {
  [app, alone] = await Promise.all([startTestApp({ env: { REDIS_URL: inject('redisUrl') } }), startTestApp()]);
  admin = await app.tokenFor('admin', 'admin');
});
afterAll(() => Promise.all([app.stop(), alone.stop()]));

async function fillBoard(on: TestApp, slug: string) {
  const board = await createBoard(on, { slug, cadences: ['ALL_TIME', 'WEEKLY'] });
  const players = await Promise.all(Array.from({ length: 5 }, () => signIn(on)));
  const input = players.map(({ id }, index) => ({
    player: id,
    game: board.game,
    leaderboard: board.slug,
    score: index,
    idempotencyKey: 'one',
  }));
  await send(on.url, SubmitScores, { input }, await on.tokenFor('server', 'server'));
  return board;
}

test('an admin has the copies of a board rebuilt and compared, one for each present period', async () => {
  const { game, slug } = await fillBoard(app, 'compared');
  // Where Redis was too busy for a moment the answer is UNAVAILABLE, and asking again is right.
  const rebuilt = async () => (await send(app.url, RebuildLeaderboard, { game, slug }, admin)).data.rebuildLeaderboard;
  await expect.poll(rebuilt, { timeout: 5_000 }).toMatchObject({
    __typename: 'RebuiltLeaderboard',
    leaderboard: { slug },
    copies: [
      { cadence: 'ALL_TIME', periodStartsAt: null, entries: 5 },
      { cadence: 'WEEKLY', entries: 5 },
    ],
  });
  const report = async () => (await send(app.url, DriftReport, { game, slug }, admin)).data.driftReport;
  await expect.poll(report, { timeout: 5_000 }).toMatchObject([
    { cadence: 'ALL_TIME', state: 'COMPARED', entries: 5, differences: [] },
    { cadence: 'WEEKLY', state: 'COMPARED', entries: 5, differences: [] },
  ]);
});

test('a server without Redis has no copies to rebuild or compare', async () => {
  const { game, slug } = await fillBoard(alone, 'alone');
  const { data } = await send(alone.url, RebuildLeaderboard, { game, slug }, admin);
  expect(data.rebuildLeaderboard).toMatchObject({ __typename: 'RebuiltLeaderboard', copies: [] });
  expect((await send(alone.url, DriftReport, { game, slug }, admin)).data.driftReport).toEqual([]);
});

test('a board that does not exist is said to be unknown', async () => {
  const unknown = { game: 'g', slug: 'nowhere' };
  const { data } = await send(app.url, RebuildLeaderboard, unknown, admin);
  expect(data.rebuildLeaderboard).toMatchObject({ __typename: 'NotFoundError', code: 'NOT_FOUND' });
  expect((await send(app.url, DriftReport, unknown, admin)).data.driftReport).toBeNull();
});

test.for(['player', 'server'] as const)('copies are no business of a %s', async (role) => {
  const { id } = await signIn(app);
  const playerId = Buffer.from(id, 'base64').toString().replace('Player:', '');
  const token = await app.tokenFor(role === 'player' ? playerId : 'game-server', role);
  const board = { game: 'g', slug: 'compared' };
  const answers = [
    await send(app.url, RebuildLeaderboard, board, token),
    await send(app.url, DriftReport, board, token),
  ];
  expect(answers.map(({ errors }) => errors[0]?.extensions.code)).toEqual(['FORBIDDEN', 'FORBIDDEN']);
});

test('while developing, and only then, an answer tells which store ranked it', async () => {
  await fillBoard(app, 'told');
  const query = '{ leaderboard(game: "g", slug: "told") { standings(first: 2) { edges { node { rank } } } } }';
  expect(bodyOf(await post(app.url, { query }))).not.toHaveProperty('extensions');
  const developing = await startTestApp({ env: { ...app.env, LOG_LEVEL: 'debug' } });
  const told = async () => bodyOf(await post(developing.url, { query }));
  await expect.poll(told, { timeout: 5_000 }).toMatchObject({ extensions: { ranksFrom: ['redis'] } });
  await developing.stop();
});
