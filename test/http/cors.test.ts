import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { startTestApp, type TestApp } from '../setup/app.ts';

const GAME = 'https://game.example';
let app: TestApp;
let closed: TestApp;
beforeAll(async () => {
  [app, closed] = await Promise.all([
    startTestApp({ env: { ALLOWED_ORIGINS: `${GAME}, https://second.example:8443` } }),
    startTestApp(),
  ]);
});
afterAll(() => Promise.all([app.stop(), closed.stop()]));

async function corsOf(url: string, init: RequestInit) {
  const response = await fetch(`${url}/graphql`, init);
  await response.text();
  const entries = [...response.headers].filter(([name]) => name.startsWith('access-control-'));
  return { status: response.status, ...Object.fromEntries(entries) };
}

const ask = (origin: string): RequestInit => ({
  method: 'POST',
  headers: { origin, 'content-type': 'application/json' },
  body: '{"query":"{ __typename }"}',
});
const preflight = (origin: string): RequestInit => ({
  method: 'OPTIONS',
  headers: {
    origin,
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'content-type,authorization',
  },
});

test.each([GAME, 'https://second.example:8443'])(
  '%s, which is listed, is let in without credentials',
  async (origin) => {
    expect(await corsOf(app.url, ask(origin))).toMatchObject({ status: 200, 'access-control-allow-origin': origin });
    expect(await corsOf(app.url, ask(origin))).not.toHaveProperty('access-control-allow-credentials', 'true');
  },
);

test('a listed origin may ask first', async () => {
  const answer = await corsOf(app.url, preflight(GAME));
  expect(answer).toMatchObject({
    status: 204,
    'access-control-allow-origin': GAME,
    'access-control-allow-methods': expect.stringMatching(/\bPOST\b/),
    'access-control-allow-headers': expect.stringMatching(/authorization/i),
    'access-control-max-age': '600',
  });
  expect(answer).not.toHaveProperty('access-control-allow-credentials', 'true');
});

test('a listed origin reads refusals and streams as well', async () => {
  const refused = await corsOf(app.url, { ...ask(GAME), body: '[' });
  expect(refused).toMatchObject({ status: 400, 'access-control-allow-origin': GAME });
  const query = 'subscription { leaderboardChanged(game: "none", slug: "none") { revision } }';
  const stream = await corsOf(app.url, {
    ...ask(GAME),
    headers: { origin: GAME, 'content-type': 'application/json', accept: 'text/event-stream' },
    body: JSON.stringify({ query }),
  });
  expect(stream).toMatchObject({ 'access-control-allow-origin': GAME });
});

test('an answer to a listed origin is not cached for another one, nor for a page that asks for other headers', async () => {
  for (const init of [ask(GAME), { ...ask(GAME), body: '[' }, preflight(GAME), preflight('https://evil.example')]) {
    const response = await fetch(`${app.url}/graphql`, init);
    await response.text();
    expect(response.headers.get('vary')).toMatch(/\borigin\b/i);
  }
  const asked = await fetch(`${app.url}/graphql`, preflight(GAME));
  expect(asked.headers.get('vary')).toMatch(/access-control-request-headers/i);
});

test('a page of a listed origin that asks in the wrong place may read so', async () => {
  const response = await fetch(`${app.url}/graphq`, { headers: { origin: GAME } });
  expect(await response.text()).toContain('GraphQL is at /graphql');
  expect(response.headers.get('access-control-allow-origin')).toBe(GAME);
  expect(response.headers.get('vary')).toBe('Origin');
});

const strangers = [
  'null',
  '*',
  'https://evil.example',
  'https://game.example.evil.example',
  'https://evil.example/https://game.example',
  'http://game.example',
  'https://game.example:444',
  'https://sub.game.example',
  'HTTPS://GAME.EXAMPLE',
  'https://game.example, https://evil.example',
];

test.each(strangers)('the origin %s is told nothing, nor when it asks first', async (origin) => {
  for (const init of [ask(origin), preflight(origin)]) {
    expect(Object.keys(await corsOf(app.url, init))).toEqual(['status']);
  }
});

test('without a list, no origin is let in', async () => {
  for (const origin of [GAME, 'null', closed.url]) {
    for (const init of [ask(origin), preflight(origin)]) {
      expect(Object.keys(await corsOf(closed.url, init))).toEqual(['status']);
    }
  }
});

const DEV_PAGES = ['http://localhost:5173', 'http://127.0.0.1:3000', 'http://[::1]:8080', 'https://localhost'];

test('in embedded mode pages of loopback origins may call, and no others', async () => {
  const embedded = await startTestApp({ embedded: true });
  onTestFinished(() => embedded.stop());
  for (const origin of DEV_PAGES) {
    for (const init of [ask(origin), preflight(origin)]) {
      expect(await corsOf(embedded.url, init)).toMatchObject({ 'access-control-allow-origin': origin });
    }
    expect(Object.keys(await corsOf(closed.url, ask(origin)))).toEqual(['status']);
  }
  for (const origin of ['http://localhost.evil.example', 'http://evil.example', 'null', 'http://10.0.0.1']) {
    expect(Object.keys(await corsOf(embedded.url, ask(origin)))).toEqual(['status']);
  }
});

test.each([
  ['*', ['https://any.example', 'null']],
  ['null', ['null']],
])('ALLOWED_ORIGINS=%s lets in %j, without credentials', async (list, origins) => {
  const open = await startTestApp({ env: { ALLOWED_ORIGINS: list } });
  onTestFinished(() => open.stop());
  for (const origin of origins) {
    for (const init of [ask(origin), preflight(origin)]) {
      const answer = await corsOf(open.url, init);
      expect(answer).toMatchObject({ 'access-control-allow-origin': origin });
      expect(answer).not.toHaveProperty('access-control-allow-credentials');
    }
  }
});

test('a page that is let in may read the request id and how its limits stand', async () => {
  const answer = await corsOf(app.url, ask(GAME));
  expect(answer).toMatchObject({
    'access-control-expose-headers': expect.stringMatching(/RateLimit-Limit.*X-Request-Id/),
  });
});

test('a refused origin is logged once, with the line to add', async () => {
  const watched = await startTestApp({ env: { ALLOWED_ORIGINS: GAME } });
  onTestFinished(() => watched.stop());
  const told = () => watched.logged.filter(({ level }) => level === 40).map(({ msg }) => msg);
  for (const origin of ['https://new.example', 'https://new.example', 'null', GAME, watched.url, 'HTTPS://ODD', '*']) {
    await corsOf(watched.url, preflight(origin));
    await corsOf(watched.url, ask(origin));
  }
  expect(told()).toEqual([
    expect.stringContaining(`ALLOWED_ORIGINS=${GAME},https://new.example`),
    expect.stringContaining(`ALLOWED_ORIGINS=${GAME},null`),
  ]);
  for (let page = 0; page < 50; page += 1) await corsOf(watched.url, ask(`https://page-${page}.example`));
  expect(told()).toHaveLength(20);
});

test('what a foreign page can send without asking first changes nothing', async () => {
  const admin = await app.tokenFor('admin', 'admin');
  const query = 'mutation { createGame(input: { slug: "foreign", name: "Foreign" }) { __typename } }';
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
    const response = await fetch(`${app.url}/graphql`, {
      method: 'POST',
      headers: { origin: 'https://evil.example', 'content-type': type, authorization: `Bearer ${admin}` },
      body: JSON.stringify({ query }),
    });
    expect(response.status).toBe(415);
  }
  const games = await fetch(`${app.url}/graphql?query={games{slug}}`);
  expect(await games.json()).toEqual({ data: { games: [] } });
});
