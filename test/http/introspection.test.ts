import { buildClientSchema, getIntrospectionQuery, type IntrospectionQuery, printSchema } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { schema } from '../../src/schema/index.ts';
import { startTestApp, type TestApp } from '../setup/app.ts';
import { signIn } from '../setup/documents.ts';
import { bearer, bodyOf, expectRefusal, post } from '../setup/http.ts';

let embedded: TestApp;
let app: TestApp;
beforeAll(async () => {
  [embedded, app] = await Promise.all([startTestApp({ embedded: true }), startTestApp()]);
});
afterAll(() => Promise.all([embedded.stop(), app.stop()]));

const introspect = { query: getIntrospectionQuery() };
const asBrowser = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

function sdlOf(data: unknown): string {
  return printSchema(buildClientSchema(data as IntrospectionQuery));
}

test('embedded, the schema is open to everybody', async () => {
  const answer = await post(embedded.url, introspect);
  expect(sdlOf(bodyOf(answer).data)).toBe(printSchema(schema));
});

test('embedded, a browser gets GraphiQL and a program does not', async () => {
  const page = await fetch(`${embedded.url}/graphql`, { headers: asBrowser });
  expect(page.status).toBe(200);
  expect(page.headers.get('content-type')).toMatch(/^text\/html/);
  expect(await page.text()).toMatch(/graphiql/i);
  const answer = await fetch(`${embedded.url}/graphql?query={__typename}`, { headers: { accept: 'application/json' } });
  expect(await answer.json()).toEqual({ data: { __typename: 'Query' } });
});

test('embedded, a browser is led from / to GraphiQL', async () => {
  const response = await fetch(embedded.url, { headers: asBrowser });
  expect(new URL(response.url).pathname).toBe('/graphql');
  expect(await response.text()).toMatch(/graphiql/i);
});

const questions: Record<string, string> = {
  'all of it': getIntrospectionQuery(),
  '`__schema`': '{ __schema { queryType { name } } }',
  '`__type`': '{ __type(name: "Query") { name } }',
  'another name': '{ games: __schema { types { name } } }',
  'a fragment': '{ ...F } fragment F on Query { ... { __type(name: "Game") { name } } }',
  'a second operation': 'query A { __schema { description } } query B { __typename }',
};

test.each(Object.entries(questions))('the schema is closed to everybody, asked by %s', async (_how, query) => {
  const player = await signIn(app);
  const server = await app.tokenFor('server', 'server');
  const body: Record<string, string> = query.includes('query B') ? { query, operationName: 'A' } : { query };
  for (const headers of [{}, bearer(player.token), bearer(server)]) {
    expectRefusal(await post(app.url, body, headers), 403, 'FORBIDDEN', /admins/);
  }
  const parameters = new URLSearchParams({ ...body });
  const byGet = await fetch(`${app.url}/graphql?${parameters.toString()}`);
  expect(byGet.status).toBe(403);
});

test('the schema is open to admins', async () => {
  const answer = await post(app.url, introspect, bearer(await app.tokenFor('admin', 'admin')));
  expect(sdlOf(bodyOf(answer).data)).toBe(printSchema(schema));
});

test('an admin’s question does not open the schema to the next one who asks the same', async () => {
  const query = '{ __type(name: "Player") { name } }';
  const answer = await post(app.url, { query }, bearer(await app.tokenFor('admin', 'admin')));
  expect(bodyOf(answer).data).toEqual({ __type: { name: 'Player' } });
  expectRefusal(await post(app.url, { query }), 403, 'FORBIDDEN');
});

test('`__typename` is always told', async () => {
  expect(bodyOf(await post(app.url, { query: '{ __typename games { __typename } }' })).data).toEqual({
    __typename: 'Query',
    games: [],
  });
});

const MISSPELT = {
  'a field': { query: '{ gamez { slug } }' },
  'a type': { query: '{ ...F } fragment F on Gamez { slug }' },
  'an argument': { query: '{ leaderboard(gam: "g", slug: "s") { id } }' },
  'a directive’s argument': { query: '{ games @skip(iff: true) { slug } }' },
  'an enum value': { query: '{ leaderboard(game: "g", slug: "s") { standings(cadence: DAILI) { totalCount } } }' },
  'an input field': { query: 'mutation { signInWithDevice(input: { deviceIdd: "x" }) { __typename } }' },
  'a value that says so itself': {
    query: 'mutation { signInWithDevice(input: { deviceIdd: "x", deviceId: " Did you mean x?" }) { __typename } }',
  },
  'a field without its selection': { query: '{ games }' },
  'a variable’s enum value': {
    query: 'query($c: Cadence) { leaderboard(game: "g", slug: "s") { standings(cadence: $c) { totalCount } } }',
    variables: { c: 'DAILI' },
  },
  'a variable’s field': {
    query: 'mutation($i: SignInWithDeviceInput!) { signInWithDevice(input: $i) { __typename } }',
    variables: { i: { deviceId: 'device-0123456789abcdef', nicknam: 'x' } },
  },
};

test.each(Object.entries(MISSPELT))(
  'where the schema is closed, %s that is misspelt gets no hint',
  async (_what, body) => {
    const answer = await post(app.url, body);
    expect(answer.status).toBe(400);
    expect(bodyOf(answer).errors?.length).toBeGreaterThan(0);
    expect(answer.text).not.toMatch(/did you mean/i);
    expect((await post(embedded.url, body)).text).toMatch(/did you mean/i);
  },
);

test('there is no GraphiQL beside a database of its own', async () => {
  for (const path of ['/graphql', '/']) {
    const response = await fetch(`${app.url}${path}`, { headers: asBrowser });
    expect(response.status).toBeGreaterThanOrEqual(400);
    expect(response.status).toBeLessThan(500);
    expect(await response.text()).not.toMatch(/graphiql|<html/i);
  }
});

test('a browser that carries an admin’s token gets GraphiQL there too, and one of a player does not', async () => {
  const pageFor = async (token: string) => {
    const response = await fetch(`${app.url}/graphql`, { headers: { ...asBrowser, ...bearer(token) } });
    return response.text();
  };
  expect(await pageFor(await app.tokenFor('admin', 'admin'))).toMatch(/graphiql/i);
  expect(await pageFor((await signIn(app)).token)).not.toMatch(/graphiql|<html/i);
});
