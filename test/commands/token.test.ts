import { afterAll, beforeAll, expect, test } from 'vitest';
import { send, startTestApp, type TestApp } from '../setup/app.ts';
import { createBoard, CreateGame, signIn, SubmitScore } from '../setup/documents.ts';
import { runScript } from './runScript.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

const printToken = (...args: string[]) => runScript('token.ts', args, { env: app.env });

test('the token of an admin is accepted as an admin’s, and nothing else is printed', async () => {
  const { code, stdout, stderr } = await printToken('--role', 'admin');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/);
  const { data } = await send(app.url, CreateGame, { input: { slug: 'by-token', name: 'By token' } }, stdout.trim());
  expect(data.createGame.__typename).toBe('Game');
});

test('the token of a game server is not an admin’s', async () => {
  const { stdout } = await printToken('--role', 'server');
  const { errors } = await send(app.url, CreateGame, { input: { slug: 'no', name: 'No' } }, stdout.trim());
  expect(errors.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN']);
});

test('a player is named by the GraphQL id or by the UUID', async () => {
  const board = await createBoard(app);
  const { id } = await signIn(app);
  const uuid = Buffer.from(id, 'base64').toString().replace('Player:', '');
  for (const player of [id, uuid, uuid.toUpperCase()]) {
    const { stdout } = await printToken('--player', player);
    const input = { game: board.game, leaderboard: board.slug, score: 1, idempotencyKey: 'same' };
    const { data } = await send(app.url, SubmitScore, { input }, stdout.trim());
    expect(data.submitScore.__typename).toBe('Submission');
  }
});

test.for([
  [[], /--role and --player/],
  [['--role', 'admin', '--player', 'x'], /--role and --player/],
  [['--role', 'king'], /admin or server/],
  [['--role', 'player'], /--player/],
  [['--player', 'R2FtZTox'], /id of a player/],
  [['--rolle', 'admin'], /Usage: npm run -s token/],
] as const)('%j is refused in one line that says what to pass', async ([args, wanted]) => {
  const { code, stdout, stderr } = await printToken(...args);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(wanted);
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
});
