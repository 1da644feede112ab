import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import pino from 'pino';
import { expect, test } from 'vitest';
import { createCors } from '../../src/http/cors.ts';
import { startServer } from '../../src/http/server.ts';

const log = pino({ level: 'silent' });
const PAGE = 'https://game.example';

/** What is answered to a request whose head is complete only after the server has begun to stop. */
async function askStopping(first: string): Promise<string> {
  const server = await startServer({
    trustedProxies: [],
    graphql: (_request, response) => void response.writeHead(204, { 'Access-Control-Allow-Methods': 'POST' }).end(),
    cors: createCors({ allowed: [PAGE], takesLoopback: false, log }),
    health: { answer: async (_path, response) => void response.end(), stopping: () => {} },
    metrics: { answer: async (response) => void response.end() },
    host: '127.0.0.1',
    port: 0,
    log,
  });
  const { hostname, port } = new URL(server.url);
  const socket = connect(Number(port), hostname);
  const answer = text(socket);
  socket.write(`${first} HTTP/1.1\r\nHost: x\r\n`);
  await once(socket, 'connect');
  // Answered after what came before it has been read.
  await fetch(`${server.url}/healthz`);
  const stopped = server.stop(5_000);
  socket.write(`Origin: ${PAGE}\r\nAccept: text/event-stream\r\nLast-Event-ID: 1\r\n\r\n`);
  await stopped;
  return answer;
}

test.each([
  ['GET /graphql', '200 OK', /\bretry: \d+/],
  ['POST /graphql', '503 Service Unavailable', /UNAVAILABLE/],
])('a page of an allowed origin may read what the stop answers to %s', async (first, status, body) => {
  const answer = await askStopping(first);
  expect(answer).toContain(`HTTP/1.1 ${status}`);
  expect(answer).toContain(`Access-Control-Allow-Origin: ${PAGE}`);
  expect(answer).toContain('Vary: Origin');
  expect(answer).toMatch(body);
});

test('a preflight is answered while the server stops: without it the page would not see why', async () => {
  expect(await askStopping('OPTIONS /graphql')).toContain('HTTP/1.1 204');
});
