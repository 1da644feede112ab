import { mkdtempSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { exchange, expectNoInternals, post } from '../setup/http.ts';
import { type ServerUnderTest, spawnServer } from '../setup/serverUnderTest.ts';

let server: ServerUnderTest;
beforeAll(async () => {
  server = await spawnServer({ DATA_DIR: mkdtempSync(join(tmpdir(), 'laurel-test-')) });
});
afterAll(() => server.end());

async function expectAlive(): Promise<void> {
  const answer = await post(server.url, { query: '{ __typename }' });
  expect(answer).toMatchObject({ status: 200, text: '{"data":{"__typename":"Query"}}' });
  expect(server.process.exitCode).toBeNull();
}

// First, because a warm parser needs less of the stack.
test('the first request ever, of brackets in brackets, is refused', async () => {
  const answer = await post(server.url, { query: `{ games(a: ${'['.repeat(1_990)}` });
  expect({ status: answer.status, text: answer.text.slice(0, 300) }).toMatchObject({ status: 400 });
  await expectAlive();
});

const head = (line: string, ...fields: string[]) => [line, ...fields, '', ''].join('\r\n');
const JSON_FIELD = 'Content-Type: application/json';

const garbage: Record<string, string | Uint8Array> = {
  'text that is not HTTP': 'hello?\r\n\r\n',
  'a greeting of TLS': new Uint8Array([0x16, 0x03, 0x01, 0x00, 0x05, 0x01, 0x00, 0x00, 0x01, 0x03, 0x0d, 0x0a]),
  'a command for Redis': '*1\r\n$4\r\nPING\r\n',
  zeroes: new Uint8Array(10_000),
  'a preface of HTTP/2': 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
  'a version that is none': head('GET / HTTP/9.9', 'Host: x'),
  'a method that is none': head('GRAPH /graphql HTTP/1.1', 'Host: x'),
  'a request without a host': head('GET /graphql HTTP/1.1', 'Connection: close'),
  'a field without a colon': head('GET /graphql HTTP/1.1', 'Host: x', 'nonsense'),
  'a field with a line break in it': 'GET / HTTP/1.1\r\nHost: x\r\nA: b\rc\r\n\r\n',
  'a length that is no number': head('POST /graphql HTTP/1.1', 'Host: x', JSON_FIELD, 'Content-Length: ten'),
  'a negative length': head('POST /graphql HTTP/1.1', 'Host: x', JSON_FIELD, 'Content-Length: -1'),
  'two lengths': head('POST /graphql HTTP/1.1', 'Host: x', JSON_FIELD, 'Content-Length: 2', 'Content-Length: 20'),
  'a length and chunks': `${head('POST /graphql HTTP/1.1', 'Host: x', JSON_FIELD, 'Content-Length: 5', 'Transfer-Encoding: chunked')}0\r\n\r\n`,
};

test.each(Object.entries(garbage))('%s is a bad request, and the server lives', async (_what, sent) => {
  expect(await exchange(server.url, sent)).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
  await expectAlive();
});

test('a chunk that is no chunk is a bad request', async () => {
  const request = head('POST /graphql HTTP/1.1', 'Host: x', JSON_FIELD, 'Transfer-Encoding: chunked');
  expect(await exchange(server.url, `${request}zz\r\n`)).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
  await expectAlive();
});

test('a flood of header fields is refused as one', async () => {
  const fields = Array.from({ length: 2_000 }, (_, index) => `X-Field-${index}: ${'x'.repeat(20)}`);
  const answer = await exchange(server.url, head('GET /graphql HTTP/1.1', 'Host: x', ...fields));
  expect(answer).toMatch(/^HTTP\/1\.1 431 Request Header Fields Too Large\r\n/);
  await expectAlive();
});

test('an address of 100 000 letters is refused', async () => {
  const answer = await exchange(server.url, head(`GET /graphql?query=${'x'.repeat(100_000)} HTTP/1.1`, 'Host: x'));
  expect(answer).toMatch(/^HTTP\/1\.1 431 /);
  await expectAlive();
});

/** As `application/json`, a document that does not parse is answered with 200. */
const ACCEPT = 'Accept: application/graphql-response+json';
const odd: Record<string, string> = {
  'an address with half an escape': head(
    'GET /graphql?query=%E0%A4%A HTTP/1.1',
    'Host: x',
    ACCEPT,
    'Connection: close',
  ),
  'an address of slashes': head('GET ///graphql HTTP/1.1', 'Host: x', ACCEPT, 'Connection: close'),
  'an address of a whole URL': head('GET http://x/graphql HTTP/1.1', 'Host: x', ACCEPT, 'Connection: close'),
  'an address that is no URL': head('GET http://[/graphql HTTP/1.1', 'Host: x', ACCEPT, 'Connection: close'),
  'a host that is none': head('GET /graphql?query=x HTTP/1.1', 'Host: [', 'Connection: close'),
  'a host of blanks and slashes': head('GET /graphql?query=x HTTP/1.1', 'Host: a b/c@d', 'Connection: close'),
  'an empty host': head('GET /graphql?query=x HTTP/1.1', 'Host:', 'Connection: close'),
  'an origin that is none': head(
    'GET /graphql?query=x HTTP/1.1',
    'Host: x',
    'Origin: ://',
    ACCEPT,
    'Connection: close',
  ),
  'an asterisk': head('OPTIONS * HTTP/1.1', 'Host: x', ACCEPT, 'Connection: close'),
  'a body behind GET': `${head('GET /graphql?query=x HTTP/1.1', 'Host: x', 'Content-Length: 2', ACCEPT, 'Connection: close')}{}`,
};

test.each(Object.entries(odd))('%s is the client’s fault, and the server lives', async (_what, sent) => {
  const answer = await exchange(server.url, sent);
  expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /);
  expectNoInternals(answer);
  await expectAlive();
});

test('clients that hang up in the middle of a request do no harm', async () => {
  const { hostname, port } = new URL(server.url);
  const hangUps = Array.from({ length: 100 }, (_, index) => {
    const socket = connect(Number(port), hostname);
    socket.on('error', () => {});
    const sent = `${head('POST /graphql HTTP/1.1', 'Host: x', JSON_FIELD, 'Content-Length: 1000')}{"query":`;
    return new Promise<void>((resolve) => {
      socket.once('close', () => resolve());
      socket.write(sent.slice(0, (index % 2) * 60 + 50), () =>
        index % 3 === 0 ? socket.resetAndDestroy() : socket.destroy(),
      );
    });
  });
  await Promise.all(hangUps);
  await expectAlive();
});

test('after all that, the server stops as ever', async () => {
  expect(await server.end()).toEqual({ code: 0, signal: null });
});
