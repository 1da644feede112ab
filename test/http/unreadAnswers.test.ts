import { once } from 'node:events';
import { createServer, type RequestListener, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { pino } from 'pino';
import { afterEach, expect, test } from 'vitest';
import { startServer } from '../../src/http/server.ts';
import { tooMuchOf, watchUnreadAnswers } from '../../src/http/unreadAnswers.ts';
import { heldBytes } from '../setup/memory.ts';

/** More than the system takes into its own buffers. */
const LARGE = 8_000_000;
const silent = pino({ level: 'silent' });

const cleanUps: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp();
});

/** A server whose answers are watched, and looked at more often than in earnest. */
async function listen(stalledMs: number, handle: RequestListener): Promise<number> {
  const answers = watchUnreadAnswers(silent, { stalledMs, checkMs: 10 });
  const server = createServer((request, response) => {
    answers.watch(response);
    handle(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanUps.push(() => {
    answers.stop();
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

/** A client that asks, so many times at once, and does not read. */
function ask(port: number, times = 1): Socket {
  const socket = connect(port, '127.0.0.1').on('error', () => {});
  cleanUps.push(() => socket.destroy());
  socket.write('GET /graphql HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(times));
  return socket;
}

/** Reads until there are so many bytes, or the server has cut the client. */
async function read(socket: Socket, bytes: number): Promise<number> {
  let got = 0;
  for await (const chunk of socket as AsyncIterable<Buffer>) {
    got += chunk.length;
    if (got >= bytes) break;
  }
  return got;
}

/** Whether the answer was whole when it was closed. */
async function isWhole(response: ServerResponse): Promise<boolean> {
  await once(response, 'close');
  return response.writableFinished;
}

test('an answer of which its client takes no byte is cut, and one that is read is not', async () => {
  const ends: Promise<boolean>[] = [];
  const port = await listen(100, (_request, response) => {
    ends.push(isWhole(response));
    response.end('x'.repeat(LARGE));
  });
  expect(await read(ask(port), LARGE)).toBeGreaterThanOrEqual(LARGE);
  expect(await ends[0]).toBe(true);
  ask(port);
  await expect.poll(() => ends.length).toBe(2);
  expect(await ends[1]).toBe(false);
});

test('a client that reads slowly is not cut', async () => {
  const port = await listen(300, (_request, response) => response.end('x'.repeat(2 * LARGE)));
  const slow = ask(port);
  const startedAt = performance.now();
  let got = 0;
  await new Promise<void>((resolve, reject) => {
    slow.once('close', () => reject(new Error(`cut after ${got} bytes`)));
    slow.on('data', (chunk) => {
      got += chunk.length;
      if (got >= 2 * LARGE) resolve();
      slow.pause();
      setTimeout(() => slow.resume(), 8);
    });
  });
  expect(performance.now() - startedAt).toBeGreaterThan(1_000);
});

test('the request after an answer that was read late may take its time', async () => {
  const later: ServerResponse[] = [];
  const port = await listen(60, (_request, response) => {
    if (later.length === 0) response.end('x'.repeat(LARGE));
    later.push(response);
  });
  const socket = ask(port, 2);
  await expect.poll(() => later.length).toBe(2);
  await expect.poll(() => later[0]?.socket?.timeout).toBe(60);
  await read(socket, LARGE);
  expect(later[1]?.req.socket.timeout).toBe(0);
});

test('nobody is cut while all fits', () => {
  const unread: [{ writableLength: number }, string][] = [
    [{ writableLength: 5 }, 'a'],
    [{ writableLength: 5 }, 'b'],
  ];
  expect(tooMuchOf(unread, 10)).toEqual([]);
});

test('the address that holds most loses its oldest answers first, until the rest fits', () => {
  const answer = (name: string, bytes: number) => ({ name, writableLength: bytes });
  const unread: [ReturnType<typeof answer>, string][] = [
    [answer('lone', 30), 'a'],
    [answer('first', 20), 'b'],
    [answer('second', 20), 'b'],
    [answer('third', 20), 'b'],
  ];
  expect(tooMuchOf(unread, 60).map(({ name }) => name)).toEqual(['first', 'second']);
  expect(tooMuchOf(unread, 45).map(({ name }) => name)).toEqual(['first', 'second', 'lone']);
  expect(tooMuchOf(unread, 0)).toHaveLength(4);
});

test('60 answers of 8 MB that nobody reads hold less than 200 MB, and others are answered', async () => {
  const body = Buffer.alloc(LARGE, 'x');
  let cut = 0;
  const server = await startServer({
    trustedProxies: [],
    graphql: (_request, response) => {
      response.once('close', () => (cut += Number(!response.writableFinished)));
      response.end(body.toString('latin1'));
    },
    health: { answer: async (_path, response) => void response.end('fine'), stopping: () => {} },
    metrics: { answer: async (response) => void response.end() },
    host: '127.0.0.1',
    port: 0,
    log: silent,
  });
  cleanUps.push(() => server.stop(0));
  const before = heldBytes();
  for (let asked = 0; asked < 60; asked += 1) ask(Number(new URL(server.url).port));
  await expect.poll(() => cut, { timeout: 10_000 }).toBeGreaterThan(45);
  expect(heldBytes() - before).toBeLessThan(200_000_000);
  const health = await fetch(`${server.url}/healthz`);
  expect(await health.text()).toBe('fine');
});
