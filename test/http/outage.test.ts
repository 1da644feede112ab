import { afterEach, beforeEach, expect, test } from 'vitest';
import { send, startTestApp, type TestApp } from '../setup/app.ts';
import { cloneDatabase } from '../setup/database.ts';
import { Board, createBoard, signIn, SubmitScore, type TestPlayer } from '../setup/documents.ts';
import { bodyOf, expectNoInternals, post, request } from '../setup/http.ts';
import { startTcpProxy, type TcpProxy } from '../setup/tcpProxy.ts';

let proxy: TcpProxy;
let app: TestApp;
let player: TestPlayer;
beforeEach(async () => {
  proxy = await startTcpProxy(await cloneDatabase());
  app = await startTestApp({ env: { DATABASE_URL: proxy.url } });
  await createBoard(app);
  player = await signIn(app);
});
afterEach(async () => {
  // What hangs must not keep the server from stopping.
  await proxy.cut();
  await proxy.restore();
  await app.stop();
  await proxy.close();
});

const QUERY = { query: '{ leaderboard(game: "g", slug: "scores") { standings { totalCount } } }' };
const submit = (idempotencyKey: string) =>
  send(app.url, SubmitScore, { input: { game: 'g', leaderboard: 'scores', score: 5, idempotencyKey } }, player.token);

async function expectUnavailable(answer: Awaited<ReturnType<typeof post>>): Promise<void> {
  expect({ status: answer.status, text: answer.text }).toMatchObject({ status: 503 });
  expect(answer.headers.get('retry-after')).toBe('1');
  const requestId = answer.headers.get('x-request-id');
  expect(bodyOf(answer).errors).toMatchObject([{ extensions: { code: 'UNAVAILABLE', requestId } }]);
  expectNoInternals(answer.text);
  expect(answer.text).not.toContain(new URL(proxy.url).port);
}

test('without its database the server says so, and is back with it', async () => {
  expect((await request(app.url, { path: '/readyz' })).status).toBe(200);
  await proxy.cut();
  await expectUnavailable(await post(app.url, QUERY));
  expect(await submit('during')).toMatchObject({ status: 503, errors: [{ extensions: { code: 'UNAVAILABLE' } }] });
  expect((await request(app.url, { path: '/readyz' })).status).toBe(503);
  expect((await request(app.url, { path: '/healthz' })).status).toBe(200);

  await proxy.restore();
  await expect.poll(async () => (await request(app.url, { path: '/readyz' })).status, { timeout: 10_000 }).toBe(200);
  await expect.poll(async () => (await post(app.url, QUERY)).status, { timeout: 10_000 }).toBe(200);
  await expect.poll(async () => (await submit('during')).status, { timeout: 10_000 }).toBe(200);
  const { data } = await send(app.url, Board, { game: 'g', slug: 'scores' });
  expect(data.leaderboard?.standings.totalCount).toBe(1);
});

test('however long the database is away, each request is told within three seconds', async () => {
  await proxy.cut();
  for (let asked = 0; asked < 40; asked += 1) {
    const startedAt = performance.now();
    await expectUnavailable(await post(app.url, QUERY));
    expect(performance.now() - startedAt).toBeLessThan(3_000);
  }
  await proxy.restore();
  await expect.poll(async () => (await post(app.url, QUERY)).status, { timeout: 3_000 }).toBe(200);
});

test('submissions that wait while the database is away do not wait for each other', async () => {
  await proxy.cut();
  const startedAt = performance.now();
  const answers = await Promise.all(Array.from({ length: 50 }, (_, index) => submit(`key-${index}`)));
  expect(performance.now() - startedAt).toBeLessThan(5_000);
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([503]));
});

test('submissions under way when the database goes are retried to exactly one score each', async () => {
  const keys = Array.from({ length: 50 }, (_, index) => `key-${index}`);
  const underWay = Promise.all(keys.map(submit));
  await proxy.cut();
  const answers = await underWay;
  for (const { status } of answers) expect([200, 503]).toContain(status);
  await proxy.restore();
  await expect.poll(async () => (await post(app.url, QUERY)).status, { timeout: 10_000 }).toBe(200);
  const retried = await Promise.all(keys.map(submit));
  expect(retried.map(({ data }) => data.submitScore.__typename)).toEqual(keys.map(() => 'Submission'));
  const stats = await post(app.url, {
    query: 'query($id: ID!) { player(id: $id) { stats { scores } } }',
    variables: { id: player.id },
  });
  expect(bodyOf(stats).data).toEqual({ player: { stats: { scores: keys.length } } });
});

test('a database that does not answer at all is unavailable within ten seconds', async () => {
  proxy.stall();
  const startedAt = performance.now();
  const answers = Promise.all([post(app.url, QUERY), submit('stalled')]);
  await expect.poll(async () => (await request(app.url, { path: '/readyz' })).status, { timeout: 10_000 }).toBe(503);
  const [read, write] = await answers;
  expect(performance.now() - startedAt).toBeLessThan(10_000);
  await expectUnavailable(read);
  expect(write).toMatchObject({ status: 503, errors: [{ extensions: { code: 'UNAVAILABLE' } }] });
}, 30_000);
