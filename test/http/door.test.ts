import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../setup/app.ts';
import { bodyOf, exchange, expectRefusal, post, request } from '../setup/http.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ env: { BODY_BYTES_MAX: '50000' } });
});
afterAll(() => app.stop());

const JSON_HEADERS = { 'content-type': 'application/json' };
const TYPENAME = JSON.stringify({ query: '{ __typename }' });
const escape = (...bytes: number[]) =>
  Buffer.concat([Buffer.from('{"query":"{ a'), Buffer.from(bytes), Buffer.from(' }"}')]);
const posted = (body: unknown) => ({ method: 'POST', headers: JSON_HEADERS, body: body as BodyInit });
const asked = (parameters: Record<string, string>) => ({
  path: `/graphql?${new URLSearchParams(parameters).toString()}`,
});

/** A body of unknown length, which is sent in chunks. */
function streamed(bytes: number): RequestInit {
  const body = new ReadableStream({
    start(controller) {
      for (let left = bytes; left > 0; left -= 10_000) controller.enqueue(new Uint8Array(10_000).fill(32));
      controller.close();
    },
  });
  return { method: 'POST', headers: JSON_HEADERS, body, duplex: 'half' } as RequestInit;
}

const requests: Record<string, [RequestInit & { path?: string }, number, string]> = {
  'a body that is not JSON': [posted('{ "query'), 400, 'BAD_USER_INPUT'],
  'an empty body': [posted(''), 400, 'BAD_USER_INPUT'],
  'a missing body': [{ method: 'POST', headers: JSON_HEADERS }, 400, 'BAD_USER_INPUT'],
  'a batch': [posted(`[${TYPENAME}]`), 400, 'BAD_USER_INPUT'],
  'a number': [posted('5'), 400, 'BAD_USER_INPUT'],
  'a string': [posted('"{ __typename }"'), 400, 'BAD_USER_INPUT'],
  null: [posted('null'), 400, 'BAD_USER_INPUT'],
  'a body without a query': [posted('{}'), 400, 'BAD_USER_INPUT'],
  'a query that is not a string': [posted('{"query":5}'), 400, 'BAD_USER_INPUT'],
  'an empty query': [posted('{"query":""}'), 400, 'GRAPHQL_PARSE_FAILED'],
  'a query that does not parse': [posted('{"query":"{ games { "}'), 400, 'GRAPHQL_PARSE_FAILED'],
  'a query of fragments only': [posted('{"query":"fragment A on Game { slug }"}'), 400, 'OPERATION_RESOLUTION_FAILURE'],
  'an unknown field': [posted('{"query":"{ gamez { slug } }"}'), 400, 'GRAPHQL_VALIDATION_FAILED'],
  'an unknown argument': [posted('{"query":"{ games(all: true) { slug } }"}'), 400, 'GRAPHQL_VALIDATION_FAILED'],
  'an unknown enum value': [
    posted('{"query":"{ leaderboard(game: \\"g\\", slug: \\"s\\") { standings(cadence: HOURLY) { totalCount } } }"}'),
    400,
    'GRAPHQL_VALIDATION_FAILED',
  ],
  'a missing variable': [posted('{"query":"query($id: ID!) { player(id: $id) { id } }"}'), 400, 'BAD_USER_INPUT'],
  'a variable of another type': [
    posted('{"query":"query($id: ID!) { player(id: $id) { id } }","variables":{"id":{}}}'),
    400,
    'BAD_USER_INPUT',
  ],
  'variables in an array': [posted('{"query":"{ __typename }","variables":[1]}'), 400, 'BAD_USER_INPUT'],
  'variables in a string': [posted('{"query":"{ __typename }","variables":"{}"}'), 400, 'BAD_USER_INPUT'],
  'extensions in an array': [posted('{"query":"{ __typename }","extensions":[]}'), 400, 'BAD_USER_INPUT'],
  'an operation name that is not a string': [
    posted('{"query":"{ __typename }","operationName":{}}'),
    400,
    'BAD_USER_INPUT',
  ],
  'an operation name that is not there': [
    posted('{"query":"query A { __typename }","operationName":"B"}'),
    400,
    'OPERATION_RESOLUTION_FAILURE',
  ],
  'two operations and no name': [
    posted('{"query":"query A { __typename } query B { __typename }"}'),
    400,
    'OPERATION_RESOLUTION_FAILURE',
  ],
  'two operations of one name': [
    posted('{"query":"query A { __typename } query A { __typename }","operationName":"A"}'),
    400,
    'GRAPHQL_VALIDATION_FAILED',
  ],
  'text/plain': [{ method: 'POST', body: TYPENAME }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
  'a form': [{ method: 'POST', body: new URLSearchParams({ query: '{ __typename }' }) }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
  'a multipart form': [
    { method: 'POST', body: formOf({ operations: TYPENAME, map: '{}' }) },
    415,
    'UNSUPPORTED_MEDIA_TYPE',
  ],
  'a body of no type': [{ method: 'POST', body: new Blob([TYPENAME]) }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
  'application/graphql': [
    { method: 'POST', headers: { 'content-type': 'application/graphql' }, body: '{ __typename }' },
    415,
    'UNSUPPORTED_MEDIA_TYPE',
  ],
  'a type that only begins like JSON': [
    { method: 'POST', headers: { 'content-type': 'application/json-patch+json' }, body: TYPENAME },
    415,
    'UNSUPPORTED_MEDIA_TYPE',
  ],
  'another charset': [
    { method: 'POST', headers: { 'content-type': 'application/json; charset=utf-16' }, body: TYPENAME },
    415,
    'UNSUPPORTED_MEDIA_TYPE',
  ],
  'a compressed body': [
    { method: 'POST', headers: { ...JSON_HEADERS, 'content-encoding': 'gzip' }, body: gzipSync(TYPENAME) },
    415,
    'UNSUPPORTED_MEDIA_TYPE',
  ],
  'a byte that is not UTF-8': [posted(escape(0xff)), 400, 'BAD_USER_INPUT'],
  'half a character of UTF-8': [posted(escape(0xe2, 0x82)), 400, 'BAD_USER_INPUT'],
  'a surrogate in UTF-8': [posted(escape(0xed, 0xa0, 0x80)), 400, 'BAD_USER_INPUT'],
  PUT: [{ ...posted(TYPENAME), method: 'PUT' }, 405, 'BAD_REQUEST'],
  PATCH: [{ ...posted(TYPENAME), method: 'PATCH' }, 405, 'BAD_REQUEST'],
  DELETE: [{ method: 'DELETE' }, 405, 'BAD_REQUEST'],
  'GET without a query': [{ path: '/graphql' }, 400, 'BAD_USER_INPUT'],
  'a mutation by GET': [
    asked({ query: 'mutation { signInWithDevice(input: { deviceId: "device-0123456789abcdef" }) { __typename } }' }),
    405,
    'BAD_REQUEST',
  ],
  'bad JSON in the variables of GET': [asked({ query: '{ __typename }', variables: '{' }), 400, 'BAD_USER_INPUT'],
  'an array in the variables of GET': [asked({ query: '{ __typename }', variables: '[]' }), 400, 'BAD_USER_INPUT'],
  'a query by GET that does not parse': [asked({ query: '{' }), 400, 'GRAPHQL_PARSE_FAILED'],
  'a body over the limit': [posted(' '.repeat(50_001)), 413, 'BODY_TOO_LARGE'],
  'a body over the limit in chunks': [streamed(60_000), 413, 'BODY_TOO_LARGE'],
};

function formOf(fields: Record<string, string>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return form;
}

test.each(Object.entries(requests))('%s is refused', async (_what, [init, status, code]) => {
  expectRefusal(await request(app.url, init), status, code);
});

test('a mutation by GET changes nothing', async () => {
  const admin = await app.tokenFor('admin', 'admin');
  const query = 'mutation { createGame(input: { slug: "by-get", name: "By GET" }) { __typename } }';
  await request(app.url, { ...asked({ query }), headers: { authorization: `Bearer ${admin}` } });
  const answer = await post(app.url, { query: '{ games { slug } }' });
  expect(bodyOf(answer).data).toEqual({ games: [] });
});

test('what the client would not take as an answer is refused before anything is done', async () => {
  const admin = await app.tokenFor('admin', 'admin');
  const query = 'mutation { createGame(input: { slug: "not-taken", name: "Not taken" }) { __typename } }';
  const answer = await post(app.url, { query }, { accept: 'image/png', authorization: `Bearer ${admin}` });
  expect(answer.status).toBe(406);
  expect(bodyOf(await post(app.url, { query: '{ games { slug } }' })).data).toEqual({ games: [] });
});

test('a body at the limit, its charset named, is taken', async () => {
  const body = TYPENAME.padEnd(50_000);
  const headers = { 'content-type': 'application/json; charset="UTF-8"' };
  expect(await request(app.url, { method: 'POST', headers, body })).toMatchObject({ status: 200 });
});

test('another path is refused in JSON', async () => {
  const answer = await request(app.url, { path: '/graphq' });
  expect(answer.status).toBe(404);
  expect(bodyOf(answer).errors).toMatchObject([
    { message: expect.stringMatching(/\/graphql/), extensions: { code: 'NOT_FOUND' } },
  ]);
});

test('a connection whose body is too large is answered and closed, however much of it comes', async () => {
  const fields = ['Host: x', 'Content-Type: application/json'];
  const head = (...more: string[]) => ['POST /graphql HTTP/1.1', ...fields, ...more, '', ''].join('\r\n');
  const bodies = {
    none: head('Content-Length: 1000000'),
    half: head('Content-Length: 100000') + ' '.repeat(50_000),
    chunks: `${head('Transfer-Encoding: chunked')}ea60\r\n${' '.repeat(60_000)}\r\n`,
  };
  for (const sent of Object.values(bodies)) {
    expect(await exchange(app.url, sent)).toMatch(/^HTTP\/1\.1 413 [^]*\r\nconnection: close\r\n[^]*BODY_TOO_LARGE/i);
  }
  // Far more than sockets hold: the whole of it is taken, so that the client hears the answer.
  const answer = await post(app.url, ' '.repeat(20_000_000));
  expect(answer).toMatchObject({ status: 413, text: expect.stringContaining('BODY_TOO_LARGE') });
});

test('half a header is cut with 408 after ten seconds', async () => {
  const startedAt = performance.now();
  const answer = await exchange(app.url, 'GET /graphql HTTP/1.1\r\nHost: x\r\nX-Half');
  const seconds = (performance.now() - startedAt) / 1_000;
  expect(answer).toMatch(/^HTTP\/1\.1 408 Request Timeout\r\n/);
  expect(seconds).toBeGreaterThan(9);
  expect(seconds).toBeLessThan(13);
}, 20_000);

test('the server still answers', async () => {
  expect(bodyOf(await post(app.url, { query: '{ __typename }' }))).toEqual({ data: { __typename: 'Query' } });
});
