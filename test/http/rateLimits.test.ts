import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, inject, onTestFinished, test } from 'vitest';
import { startTestApp, type TestApp } from '../setup/app.ts';
import { cloneDatabase } from '../setup/database.ts';
import { createBoard, signIn } from '../setup/documents.ts';
import { bearer, bodyOf, expectRefusal, type HttpAnswer, post, request } from '../setup/http.ts';
import { startOwnRedis } from '../setup/redis.ts';
import { spawnServer } from '../setup/serverUnderTest.ts';
import { tokenFor } from '../setup/tokens.ts';

const RATE_LIMITS = 'submit=3/60,server=20/60,read=5/60,playerRead=8/60,mutate=30/60';
const GAME = 'https://game.example';
let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ env: { RATE_LIMITS, TRUSTED_PROXIES: '127.0.0.1', ALLOWED_ORIGINS: GAME } });
  await createBoard(app);
});
afterAll(() => app.stop());

const READ = { query: '{ me { id } }' };
const score = () => `{ game: "g", leaderboard: "scores", score: 5, idempotencyKey: "${randomUUID()}" }`;
const submit = (aliases: number) => ({
  query: `mutation { ${Array.from({ length: aliases }, (_, index) => `s${index}: submitScore(input: ${score()}) { __typename }`).join('\n')} }`,
});
const reads = (aliases: number) => ({
  query: `{ ${Array.from({ length: aliases }, (_, index) => `r${index}: me { id }`).join(' ')} }`,
});
let clients = 0;
/** Another client at each call. */
const newClient = () => ({ 'x-forwarded-for': `203.0.113.${(clients += 1)}` });

function standingOf({ headers }: HttpAnswer) {
  const [limit, remaining, reset] = ['limit', 'remaining', 'reset'].map((name) => headers.get(`ratelimit-${name}`));
  return { limit, remaining, reset };
}

function expectLimited(answer: HttpAnswer, message: RegExp): void {
  expectRefusal(answer, 429, 'RATE_LIMITED', message);
  expect(answer.headers.get('retry-after')).toMatch(/^[1-9]\d*$/);
  expect(answer.headers.get('ratelimit-reset')).toBe(answer.headers.get('retry-after'));
}

test('an answer says what is left, and a refusal what is allowed and when to come again', async () => {
  const client = newClient();
  for (const remaining of ['4', '3', '2', '1', '0']) {
    const answer = await post(app.url, READ, client);
    expect(answer.status).toBe(200);
    expect(standingOf(answer)).toEqual({ limit: '5', remaining, reset: expect.stringMatching(/^[1-9]\d*$/) });
  }
  const refused = await post(app.url, READ, client);
  expectLimited(refused, /^5 reads are allowed in 60 seconds\. Try again in \d+ seconds\.$/);
  expect(standingOf(refused)).toMatchObject({ limit: '5', remaining: '0' });
});

test('another client is not limited with the first, and one that changes its address within its /64 is', async () => {
  const at = (address: string) => ({ 'x-forwarded-for': address });
  expect((await post(app.url, reads(5), at('2001:db8:1:2::1'))).status).toBe(200);
  expect((await post(app.url, READ, at('2001:db8:1:2:ffff::9'))).status).toBe(429);
  expect((await post(app.url, READ, at('2001:db8:1:3::1'))).status).toBe(200);
});

test('a client cannot choose its address', async () => {
  const client = newClient()['x-forwarded-for'];
  const claiming = () => ({ 'x-forwarded-for': `198.51.100.${(clients += 1)}, ${client}` });
  expect((await post(app.url, reads(5), claiming())).status).toBe(200);
  expect((await post(app.url, READ, claiming())).status).toBe(429);
});

test('a document counts by its root fields, and what is refused takes nothing', async () => {
  const client = newClient();
  expect(standingOf(await post(app.url, reads(3), client))).toMatchObject({ remaining: '2' });
  expectLimited(await post(app.url, reads(3), client), /^5 reads/);
  expect(standingOf(await post(app.url, reads(2), client))).toMatchObject({ remaining: '0' });
});

test('fields that ask about the schema count as one together', async () => {
  const query = '{ __typename a: __typename b: __typename }';
  expect(standingOf(await post(app.url, { query }, newClient()))).toMatchObject({ remaining: '4' });
});

test('a document that can never pass is told to be smaller', async () => {
  expectLimited(
    await post(app.url, reads(6), newClient()),
    /^5 reads .* this request counts as 6\. Send less at once\.$/,
  );
});

test('a request is refused before anything of it is done', async () => {
  const player = await signIn(app);
  const scores = async () => {
    const { id } = player;
    const query = 'query ($id: ID!) { player(id: $id) { stats { scores } } }';
    const admin = bearer(await app.tokenFor('admin', 'admin'));
    return bodyOf(await post(app.url, { query, variables: { id } }, admin)).data;
  };
  expectLimited(await post(app.url, submit(4), bearer(player.token)), /^3 score submissions/);
  expect(await scores()).toEqual({ player: { stats: { scores: 0 } } });
  expect(standingOf(await post(app.url, submit(3), bearer(player.token)))).toMatchObject({
    limit: '3',
    remaining: '0',
  });
  expect(await scores()).toEqual({ player: { stats: { scores: 3 } } });
  expectLimited(await post(app.url, submit(1), bearer(player.token)), /^3 score submissions/);
});

test('of many submissions at once, exactly as many as the limit says are accepted', async () => {
  const { token } = await signIn(app);
  const answers = await Promise.all(Array.from({ length: 40 }, () => post(app.url, submit(1), bearer(token))));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(3);
  expect(answers.filter(({ status }) => status === 429)).toHaveLength(37);
});

test('a player is limited wherever they come from, and reads on when submissions are used up', async () => {
  const { token } = await signIn(app);
  const anywhere = () => ({ ...bearer(token), ...newClient() });
  expect((await post(app.url, submit(3), anywhere())).status).toBe(200);
  expect((await post(app.url, submit(1), anywhere())).status).toBe(429);
  expect(standingOf(await post(app.url, reads(8), anywhere()))).toMatchObject({ limit: '8', remaining: '0' });
  expectLimited(await post(app.url, READ, anywhere()), /^8 reads/);
  expect((await post(app.url, READ, newClient())).status).toBe(200);
});

test('other mutations have a limit of their own, of the client when nobody is signed in', async () => {
  const client = newClient();
  const device = () => ({
    query: `mutation { signInWithDevice(input: { deviceId: "device-${randomUUID()}" }) { __typename } }`,
  });
  const answers = await Promise.all(Array.from({ length: 33 }, () => post(app.url, device(), client)));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(30);
  expect(answers.filter(({ status }) => status === 429)).toHaveLength(3);
  expect((await post(app.url, READ, client)).status).toBe(200);
});

test('each score that a game server sends counts, and its name is its limit', async () => {
  const { id } = await signIn(app);
  const scores = (count: number) => ({
    query: 'mutation ($input: [ServerScoreInput!]!) { submitScores(input: $input) { __typename } }',
    variables: {
      input: Array.from({ length: count }, (_, index) => ({
        player: id,
        game: 'g',
        leaderboard: 'scores',
        score: index,
        idempotencyKey: randomUUID(),
      })),
    },
  });
  const [europe, asia] = [bearer(await app.tokenFor('europe', 'server')), bearer(await app.tokenFor('asia', 'server'))];
  expect(standingOf(await post(app.url, scores(15), europe))).toMatchObject({ limit: '20', remaining: '5' });
  expectLimited(await post(app.url, scores(6), europe), /^20 scores and requests of a game server/);
  expect((await post(app.url, scores(20), asia)).status).toBe(200);
});

test('who may not send scores for others does not get the limit of those who may', async () => {
  const query = 'mutation { submitScores(input: []) { __typename } }';
  expect(standingOf(await post(app.url, { query }, newClient()))).toMatchObject({ limit: '30', remaining: '29' });
});

test('admins are not limited', async () => {
  const admin = bearer(await app.tokenFor('admin', 'admin'));
  for (let asked = 0; asked < 4; asked += 1) {
    const answer = await post(app.url, reads(10), admin);
    expect(answer.status).toBe(200);
    expect(standingOf(answer).limit).toBeNull();
  }
});

test('opening a stream counts as a read, and its answer says what is left', async () => {
  const client = newClient();
  const query = 'subscription { leaderboardChanged(game: "g", slug: "scores") { revision } }';
  const open = async () => {
    const leaving = new AbortController();
    const { status, headers } = await fetch(`${app.url}/graphql?${new URLSearchParams({ query }).toString()}`, {
      headers: { accept: 'text/event-stream', ...client },
      signal: leaving.signal,
    });
    leaving.abort();
    return { status, remaining: headers.get('ratelimit-remaining'), retryAfter: headers.get('retry-after') };
  };
  for (const remaining of ['4', '3', '2', '1', '0']) expect(await open()).toMatchObject({ status: 200, remaining });
  expect(await open()).toMatchObject({ status: 429, remaining: '0', retryAfter: expect.stringMatching(/^\d+$/) });
});

test('reads by GET count as those by POST', async () => {
  const client = newClient();
  await post(app.url, reads(5), client);
  const path = `/graphql?${new URLSearchParams(READ).toString()}`;
  expectLimited(await request(app.url, { path, headers: { accept: 'application/json', ...client } }), /^5 reads/);
});

test('pages of allowed origins can read the limits', async () => {
  const { headers } = await post(app.url, READ, { origin: GAME, ...newClient() });
  expect(headers.get('access-control-expose-headers')).toMatch(/RateLimit-Remaining.*Retry-After/);
});

test('after the seconds that a refusal names, the request passes', async () => {
  const quick = await startTestApp({ env: { RATE_LIMITS: 'read=3/1' } });
  onTestFinished(() => quick.stop());
  await expect.poll(async () => (await post(quick.url, reads(3))).status, { interval: 1 }).toBe(200);
  const refused = await post(quick.url, reads(3));
  const refusedAt = performance.now();
  expectLimited(refused, /^3 reads are allowed in 1 second\b/);
  await expect.poll(async () => (await post(quick.url, reads(3))).status, { timeout: 4_000, interval: 5 }).toBe(200);
  const waitMs = Number(refused.headers.get('retry-after')) * 1_000;
  expect(performance.now() - refusedAt).toBeLessThan(waitMs + 1_000);
});

test('two servers on one Redis share the limits', async () => {
  const env = { DATABASE_URL: await cloneDatabase(), REDIS_URL: inject('redisUrl'), RATE_LIMITS };
  const servers = await Promise.all([spawnServer(env), spawnServer(env)]);
  onTestFinished(async () => void (await Promise.all(servers.map((server) => server.end()))));
  for (const { url } of servers) await expectRedis(url, 'up');
  const player = bearer(await tokenFor(randomUUID(), 'player'));
  const answers = await Promise.all(
    Array.from({ length: 30 }, (_, index) => post(servers[index % 2]?.url ?? '', READ, player)),
  );
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(8);
  expect(answers.filter(({ status }) => status === 429)).toHaveLength(22);
});

test('when Redis is killed, requests are still served, and still limited', async () => {
  const redis = await startOwnRedis();
  const limited = await startTestApp({ env: { REDIS_URL: redis.url, RATE_LIMITS } });
  onTestFinished(async () => {
    await limited.stop();
    await redis.stop();
  });
  await expectRedis(limited.url, 'up');
  const statusesOf = async (player: Record<string, string>) => {
    const answers = await Promise.all(Array.from({ length: 30 }, () => post(limited.url, READ, player)));
    return new Set(answers.map(({ status }) => status));
  };
  const players = await Promise.all(
    Array.from({ length: 3 }, async () => bearer(await tokenFor(randomUUID(), 'player'))),
  );
  const [before = {}, during = {}, after = {}] = players;
  expect(await statusesOf(before)).toEqual(new Set([200, 429]));
  const underWay = statusesOf(during);
  await redis.kill();
  expect(await underWay).toEqual(new Set([200, 429]));
  await expectRedis(limited.url, 'down');
  const answers = await Promise.all(Array.from({ length: 30 }, () => post(limited.url, READ, after)));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(8);
  expect(answers.filter(({ status }) => status === 429)).toHaveLength(22);
});

async function expectRedis(url: string, redis: 'down' | 'up'): Promise<void> {
  const ready = async () => JSON.parse((await request(url, { path: '/readyz' })).text) as object;
  await expect.poll(ready, { timeout: 10_000 }).toMatchObject({ status: 'ready', redis });
}

test('answers that are shared count like all others', async () => {
  const { slug } = await createBoard(app, { slug: 'counted' });
  const { token } = await signIn(app);
  const input = `{ game: "g", leaderboard: "${slug}", score: 5, idempotencyKey: "k" }`;
  await post(app.url, { query: `mutation { submitScore(input: ${input}) { __typename } }` }, bearer(token));
  const read = { query: `{ leaderboard(game: "g", slug: "${slug}") { standings { totalCount } } }` };
  const client = newClient();
  for (const remaining of ['4', '3', '2', '1', '0']) {
    const answer = await post(app.url, read, client);
    expect(answer.status).toBe(200);
    expect(standingOf(answer)).toEqual({ limit: '5', remaining, reset: expect.stringMatching(/^[1-9]\d*$/) });
  }
  expectLimited(await post(app.url, read, client), /^5 reads are allowed/);
  expect((await post(app.url, read, newClient())).status).toBe(200);
});
