import { serverAudits } from 'graphql-http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../setup/app.ts';
import { bearer, post } from '../setup/http.ts';

let app: TestApp;
let token: string;
beforeAll(async () => {
  app = await startTestApp();
  // The audits ask for `__type`, which is for admins.
  token = await app.tokenFor('admin', 'admin');
});
afterAll(() => app.stop());

const audits = serverAudits({
  url: () => `${app.url}/graphql`,
  fetchFn: (url: string, init: RequestInit = {}) =>
    fetch(url, { ...init, headers: { ...(init.headers as object), authorization: `Bearer ${token}` } }),
});

test('GraphQL over HTTP has 61 audits', () => {
  expect(audits).toHaveLength(61);
});

test.each(audits)('GraphQL over HTTP: $id $name', async ({ fn }) => {
  expect(await fn()).toMatchObject({ status: 'ok' });
});

const DOCUMENTS = {
  'does not parse': { query: '{' },
  'does not validate': { query: '{ nothing }' },
  'names no operation': { query: 'query A { __typename }', operationName: 'B' },
  'misses a variable': { query: 'query($id: ID!) { player(id: $id) { id } }' },
  'has a value that its scalar refuses': {
    query: `mutation { submitScore(input: {
      game: "g", leaderboard: "s", score: 1, idempotencyKey: "k", metadata: 9007199254740993
    }) { __typename } }`,
  },
};

test.each(Object.entries(DOCUMENTS))('a document that %s is 200 as JSON and 400 otherwise', async (_what, body) => {
  const statusAs = async (accept: string) => (await post(app.url, body, { accept, ...bearer(token) })).status;
  expect(await statusAs('application/json')).toBe(200);
  expect(await statusAs('*/*')).toBe(200);
  expect(await statusAs('application/graphql-response+json')).toBe(400);
  expect(await statusAs('text/event-stream')).toBe(400);
});

test('what is no well-formed request is 4xx under both', async () => {
  for (const accept of ['application/json', 'application/graphql-response+json']) {
    expect(await post(app.url, '{', { accept })).toMatchObject({ status: 400 });
    expect(await post(app.url, { query: 5 }, { accept })).toMatchObject({ status: 400 });
    expect(await post(app.url, { query: '{ __typename }' }, { accept, ...bearer('none') })).toMatchObject({
      status: 401,
    });
  }
});
