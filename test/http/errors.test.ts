import postgres from 'postgres';
import { expect, onTestFinished, test } from 'vitest';
import { send, startTestApp, type TestApp } from '../setup/app.ts';
import { Board, createBoard, signIn, SubmitScore } from '../setup/documents.ts';
import { bearer, bodyOf, expectNoInternals, post } from '../setup/http.ts';

async function startedApp(): Promise<TestApp> {
  const app = await startTestApp();
  onTestFinished(() => app.stop());
  return app;
}

/** Breaks the server's own database. */
async function alter(app: TestApp, statement: string): Promise<void> {
  const sql = postgres(app.env['DATABASE_URL'] ?? '', { max: 1, onnotice: () => {} });
  await sql.unsafe(statement);
  await sql.end();
}

const NAMES = /submissions|entries|board_periods|idempotency_key/;
const STATEMENTS = /\b(select|insert|update|delete|values|returning|recordset)\b/i;

test('a failure inside is told by its request id only, and logged once without statement and values', async () => {
  const app = await startedApp();
  await createBoard(app);
  const { token } = await signIn(app);
  await alter(app, 'drop table entries cascade');
  const secret = 'key-that-nobody-may-see';
  const input = { game: 'g', leaderboard: 'scores', score: 987_654_321, idempotencyKey: secret, metadata: { secret } };
  const query = 'mutation($input: SubmitScoreInput!) { submitScore(input: $input) { __typename } }';
  const answer = await post(app.url, { query, variables: { input } }, bearer(token));

  const requestId = answer.headers.get('x-request-id');
  expect(requestId).toMatch(/^[\w-]{8,64}$/);
  expect(answer.status).toBe(500);
  expect(bodyOf(answer)).toEqual({
    data: null,
    errors: [{ message: 'Unexpected error.', path: ['submitScore'], extensions: { code: 'INTERNAL', requestId } }],
  });
  expectNoInternals(answer.text);

  const failures = app.logged.filter((line) => line['msg'] === 'a request failed');
  expect(failures).toMatchObject([{ requestId, path: ['submitScore'], error: { kind: 'database', code: '42P01' } }]);
  const logged = JSON.stringify(app.logged);
  expect(logged).not.toContain(secret);
  expect(logged).not.toContain('987654321');
  expect(logged).not.toContain(token);
  // The frames name functions and files of ours, and those are named for what they do.
  const said = JSON.stringify(app.logged, (key, value: unknown) => (key === 'frames' ? undefined : value));
  expect(said).not.toMatch(STATEMENTS);
  expect(said).not.toMatch(NAMES);
});

test('a failure of a statement of the query builder shows neither statement nor values', async () => {
  const app = await startedApp();
  await alter(app, 'drop table games cascade');
  const answer = await post(app.url, {
    query: '{ leaderboard(game: "a-game-of-mine", slug: "a-board-of-mine") { id } }',
  });
  expect(answer.status).toBe(500);
  expect(bodyOf(answer).errors).toMatchObject([{ message: 'Unexpected error.', extensions: { code: 'INTERNAL' } }]);
  expectNoInternals(answer.text);
  const said = JSON.stringify(app.logged, (key, value: unknown) => (key === 'frames' ? undefined : value));
  expect(said).toContain('a request failed');
  expect(said).not.toMatch(/of-mine|\bselect\b|"games"/);
  expect(JSON.stringify(app.logged)).not.toContain('of-mine');
});

test('a stream whose board cannot be read logs neither statement nor values', async () => {
  const app = await startedApp();
  const board = await createBoard(app);
  await alter(app, 'drop table entries cascade');
  const leaving = new AbortController();
  const query = 'subscription { leaderboardChanged(game: "g", slug: "scores") { revision } }';
  const parameters = new URLSearchParams({ query });
  const response = await fetch(`${app.url}/graphql?${parameters.toString()}`, {
    headers: { accept: 'text/event-stream' },
    signal: leaving.signal,
  });
  expect(response.status).toBe(200);
  await expect.poll(() => app.logged.some((line) => line['level'] === 50)).toBe(true);
  leaving.abort();
  const said = JSON.stringify(app.logged, (key, value: unknown) => (key === 'frames' ? undefined : value));
  expect(said).not.toMatch(STATEMENTS);
  expect(said).not.toMatch(NAMES);
  const rawId = Buffer.from(board.id, 'base64').toString().replace('Leaderboard:', '');
  expect(said).not.toContain(rawId);
});

test('one failure does not spoil the others', async () => {
  const app = await startedApp();
  const board = await createBoard(app);
  const { token } = await signIn(app);
  await alter(app, 'alter table entries rename to elsewhere');
  const input = { game: 'g', leaderboard: 'scores', score: 5, idempotencyKey: 'k' };
  expect(await send(app.url, SubmitScore, { input }, token)).toMatchObject({ status: 500 });
  await alter(app, 'alter table elsewhere rename to entries');
  const { data } = await send(app.url, SubmitScore, { input }, token);
  expect(data.submitScore).toMatchObject({ __typename: 'Submission', replayed: false });
  const { data: read } = await send(app.url, Board, { game: board.game, slug: board.slug });
  expect(read.leaderboard?.standings.totalCount).toBe(1);
});

test('a plain request id is passed on to answer and log', async () => {
  const app = await startedApp();
  for (const requestId of ['trace-12345678', '0af7651916cd43dd8448eb211c80319c', 'x'.repeat(64)]) {
    const answer = await post(app.url, { query: '{ __typename }' }, { 'x-request-id': requestId });
    expect(answer.headers.get('x-request-id')).toBe(requestId);
    await expect.poll(() => app.logged.filter((line) => line['requestId'] === requestId)).toHaveLength(1);
  }
});

test.each(['short', 'x'.repeat(65), 'two words are two', 'a,b,c,d,e,f', '{"level":60}', 'ünplain-ünplain'])(
  'the request id %s is replaced',
  async (requestId) => {
    const app = await startedApp();
    const answer = await post(app.url, { query: '{ __typename }' }, { 'x-request-id': requestId });
    expect(answer.headers.get('x-request-id')).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    await expect.poll(() => app.logged.some((line) => line['msg'] === 'request')).toBe(true);
    expect(JSON.stringify(app.logged)).not.toContain(requestId);
  },
);

test('every answer carries a request id of its own', async () => {
  const app = await startedApp();
  const paths = ['/graphql?query={__typename}', '/graphql?query={', '/healthz', '/readyz', '/nothing'];
  const answers = await Promise.all(paths.map((path) => fetch(`${app.url}${path}`)));
  const ids = answers.map(({ headers }) => headers.get('x-request-id'));
  expect(new Set(ids).size).toBe(paths.length);
  expect(ids).not.toContain(null);
});
