import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../setup/app.ts';
import { createBoard, signIn, type TestPlayer } from '../setup/documents.ts';
import { bearer, type HttpAnswer, request } from '../setup/http.ts';

const ORIGIN = 'https://game.example';
let app: TestApp;
let limited: TestApp;
let player: TestPlayer;
let ended: TestPlayer;
let server: string;
beforeAll(async () => {
  app = await startTestApp({ env: { ALLOWED_ORIGINS: ORIGIN } });
  limited = await startTestApp({
    env: { ...app.env, RATE_LIMITS: 'submit=3/60,server=20/60,read=2/60,playerRead=2/60,mutate=2/60' },
  });
  await createBoard(app, { slug: 'both' });
  player = await signIn(app);
  ended = await signIn(app);
  server = await app.tokenFor('a-server', 'server');
  await send(app, '/graphql', {
    body: { query: SUBMIT, variables: { input: scoreOf() } },
    headers: bearer(player.token),
  });
  await send(app, '/graphql', { body: { query: 'mutation { signOut { __typename } }' }, headers: bearer(ended.token) });
});
afterAll(async () => {
  await limited.stop();
  await app.stop();
});

type Sent = { body: unknown; headers?: Record<string, string>; method?: string };

function send({ url }: TestApp, path: string, { body, headers, method = 'POST' }: Sent): Promise<HttpAnswer> {
  const bytes = typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body);
  return request(url, {
    path,
    method,
    headers: { 'content-type': 'application/json', ...headers },
    ...(method === 'GET' ? {} : { body: bytes as BodyInit }),
  });
}

/** What each answer has of its own, even of two that come the same way. */
function comparable({ status, headers, text }: HttpAnswer) {
  const own = ['date', 'x-request-id', 'ratelimit-reset', 'transfer-encoding', 'content-length', 'keep-alive'];
  return {
    status,
    headers: Object.fromEntries([...headers].filter(([name]) => !own.includes(name))),
    text: text.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}|"\d{4}-\d\d-\d\dT[^"]+"/g, '…'),
  };
}

/** An address with a question mark is one that only Yoga serves. */
async function expectAlike(to: TestApp, make: () => Sent): Promise<HttpAnswer> {
  const plain = await send(to, '/graphql', make());
  const byYoga = await send(to, '/graphql?', make());
  expect(comparable(plain)).toEqual(comparable(byYoga));
  return plain;
}

const ME = '{ me { id nickname } }';
const BOARD =
  'query Q($first: Int = 2) { leaderboard(game: "g", slug: "both") { name standings(first: $first) { totalCount } } }';
const SUBMIT = `mutation S($input: SubmitScoreInput!) { submitScore(input: $input) {
  __typename ... on Submission { outcome replayed previousRank standings { rank score } } ... on Error { code message } } }`;
const scoreOf = (more: object = {}) => ({ game: 'g', leaderboard: 'both', score: 5, idempotencyKey: 'once', ...more });
const deep = (levels: number) =>
  `{ ${'me { standings { leaderboard { '.repeat(levels)} slug ${' } } }'.repeat(levels)} }`;

const documents: [what: string, body: unknown, as?: 'nobody' | 'player' | 'server' | 'ended' | 'garbage'][] = [
  ['a query', { query: ME }, 'player'],
  ['a query of nobody', { query: ME }, 'nobody'],
  ['variables and a name', { query: BOARD, operationName: 'Q', variables: { first: 1 } }],
  ['a default of a variable', { query: BOARD, variables: null, extensions: {} }],
  ['a mutation', { query: SUBMIT, variables: { input: scoreOf() } }, 'player'],
  ['a conflict as a member of the union', { query: SUBMIT, variables: { input: scoreOf({ score: 6 }) } }, 'player'],
  ['a board that is not there', { query: SUBMIT, variables: { input: scoreOf({ leaderboard: 'none' }) } }, 'player'],
  ['a mutation of nobody', { query: SUBMIT, variables: { input: scoreOf() } }],
  ['a mutation of a server', { query: SUBMIT, variables: { input: scoreOf() } }, 'server'],
  [
    'one right and one refused field',
    {
      query: `mutation { a: submitScore(input: { game: "g", leaderboard: "both", score: 5, idempotencyKey: "x" }) { __typename } b: createGame(input: { slug: "x", name: "X" }) { __typename } }`,
    },
    'player',
  ],
  ['two operations and the name of one', { query: 'query A { me { id } } query B { __typename }', operationName: 'B' }],
  ['two operations without a name', { query: 'query A { me { id } } query B { __typename }' }],
  ['a name that is not there', { query: ME, operationName: 'Other' }],
  ['a fragment', { query: 'query { me { ...F } } fragment F on Player { id }' }, 'player'],
  ['an unknown field', { query: '{ nothing }' }],
  ['a hint of the schema', { query: '{ leaderbord }' }],
  ['no GraphQL', { query: '{ me { ' }],
  ['no text', { query: 5 }],
  ['nothing', { query: '' }],
  ['no query', {}],
  ['null', null],
  ['a batch', [{ query: ME }]],
  ['no JSON', '{"query":'],
  ['not UTF-8', new Uint8Array([0x22, 0xff, 0x22])],
  ['NUL', '{"query":"{ me { id } }\\u0000"}'],
  ['a number that would round', `{"query":"query ($s: Float) { me { id } }","variables":{"s":9007199254740993}}`],
  ['a variable that is missing', { query: SUBMIT }, 'player'],
  ['a variable of another type', { query: SUBMIT, variables: { input: scoreOf({ score: 'many' }) } }, 'player'],
  [
    'many variables of another type',
    { query: SUBMIT, variables: { input: { a: 1, b: 2, c: 3, d: 4, e: 5, f: 6, g: 7 } } },
    'player',
  ],
  ['variables that are a list', { query: ME, variables: [] }],
  ['a score out of bounds', { query: SUBMIT, variables: { input: scoreOf({ score: 2 ** 53 }) } }, 'player'],
  ['too deep', { query: deep(9) }],
  ['brackets upon brackets', { query: `{ me ${'{ a '.repeat(80)}` }],
  ['too many aliases', { query: `{ ${Array.from({ length: 60 }, (_, index) => `a${index}: __typename`).join(' ')} }` }],
  ['too costly', { query: BOARD, variables: { first: 100_000 } }],
  [
    'costs more than allowed',
    {
      query: `{ ${Array.from({ length: 40 }, (_, i) => `b${i}: leaderboard(game: "g", slug: "both") { standings(first: 100) { edges { node { rank score player { id nickname } } } } }`).join(' ')} }`,
    },
  ],
  ['an alias that is a promise', { query: '{ then: __typename }' }],
  ['introspection', { query: '{ __schema { queryType { name } } }' }],
  ['a token that is none', { query: ME }, 'garbage'],
  ['a session that has ended', { query: ME }, 'ended'],
  ['a skipped root', { query: 'query ($no: Boolean = true) { me @skip(if: $no) { id } }' }],
  ['a node that is not there', { query: '{ node(id: "UGxheWVyOjE=") { id } }' }],
];

const tokens = () => ({
  nobody: {},
  player: bearer(player.token),
  server: bearer(server),
  ended: bearer(ended.token),
  garbage: bearer('a.b.c'),
});

test.for(documents)('%s is answered alike by Yoga and before it', async ([, body, as = 'nobody']) => {
  await expectAlike(app, () => ({ body, headers: tokens()[as] }));
});

const forms: [what: string, headers: Record<string, string>, method?: string][] = [
  ['any type of answer', { accept: '*/*' }],
  ['JSON', { accept: 'application/json' }],
  ['JSON before anything', { accept: 'application/json, text/plain, */*' }],
  ['the type of GraphQL over HTTP', { accept: 'application/graphql-response+json' }],
  ['both types', { accept: 'application/graphql-response+json, application/json' }],
  ['both types with weights', { accept: 'application/graphql-response+json,application/json;q=0.9' }],
  ['another order', { accept: 'application/json, application/graphql-response+json' }],
  ['a page', { accept: 'text/html' }],
  ['a stream', { accept: 'text/event-stream' }],
  ['an image', { accept: 'image/png' }],
  ['a body of JSON in UTF-8', { 'content-type': 'application/json; charset=utf-8' }],
  ['a body in another charset', { 'content-type': 'application/json; charset=latin1' }],
  ['a body of text', { 'content-type': 'text/plain' }],
  ['a body that is packed', { 'content-encoding': 'gzip' }],
  ['an origin that may call', { origin: ORIGIN }],
  ['an origin that may not', { origin: 'https://elsewhere.example' }],
  ['no origin of a frame', { origin: 'null' }],
  ['a preflight’s question', { origin: ORIGIN, 'access-control-request-headers': 'x-own' }],
  ['a method that is not taken', {}, 'PUT'],
];

test.for(forms)('a request with %s is answered alike, right or wrong', async ([, headers, method = 'POST']) => {
  const subscription = 'subscription { prizeAwarded { id } }';
  const streams = /event|\*/.test(headers['accept'] ?? '*') ? [] : [subscription];
  for (const query of [ME, '{ nothing }', SUBMIT, '{ me { id } node(id: "x") { id } }', ...streams]) {
    await expectAlike(app, () => ({ body: { query }, headers: { ...bearer(player.token), ...headers }, method }));
  }
});

test('a body that is too large is refused alike', async () => {
  await expectAlike(app, () => ({ body: { query: `{ me { id } } # ${'x'.repeat(200_000)}` } }));
});

test('limits count the requests of both ways together, and refuse alike', async () => {
  const reader = await signIn(app);
  const ask = { body: { query: ME }, headers: bearer(reader.token) };
  const first = await send(limited, '/graphql', ask);
  const second = await send(limited, '/graphql?', ask);
  expect([first, second].map(({ headers }) => headers.get('ratelimit-remaining'))).toEqual(['1', '0']);
  const refused = await expectAlike(limited, () => ask);
  expect(refused.status).toBe(429);
});

test('the caller’s request id comes back, and errors and logs carry it', async () => {
  const id = `own-${randomUUID()}`;
  const answer = await send(app, '/graphql', { body: { query: ME }, headers: { 'x-request-id': id } });
  expect(answer.headers.get('x-request-id')).toBe(id);
  expect(app.logged.some((line) => line['requestId'] === id && line['status'] === 200)).toBe(true);
});

test('an outage is told alike, masked and logged once a request', async () => {
  const broken = await startTestApp();
  const { token } = await signIn(broken);
  await broken.core.database.close();
  const before = broken.logged.length;
  const answer = await expectAlike(broken, () => ({
    body: { query: SUBMIT, variables: { input: scoreOf() } },
    headers: bearer(token),
  }));
  expect(answer.status).toBe(503);
  expect(broken.logged.slice(before).filter(({ msg }) => msg === 'a request failed')).toHaveLength(2);
  await broken.stop().catch(() => {});
});
