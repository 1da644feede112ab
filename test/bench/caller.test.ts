import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { applyLoad } from '../../bench/load/applyLoad.ts';
import { writeApart } from './writeApart.ts';

const servers: Server[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
});

const ANSWER = 'HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\ndata';

/** A server that answers each chunk with these parts, one after the other; resolves to a load on it. */
async function answering(...parts: string[]) {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => {}).on('close', () => sockets.delete(socket)));
    socket.setNoDelay(true).on('data', () => void writeApart(socket, parts));
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const load = {
    url: `http://127.0.0.1:${port}`,
    connections: 3,
    seconds: 0.2,
    request: () => ({ body: '{}' }),
    isRight: (body: Buffer) => body.toString() === 'data',
  };
  return { load, sockets };
}

test('answers are counted, and all connections are closed afterwards', async () => {
  const { load, sockets } = await answering(ANSWER);
  const { perSecond, p50Ms, p99Ms } = await applyLoad(load);
  expect(perSecond).toBeGreaterThan(3 / load.seconds);
  expect(p50Ms).toBeGreaterThan(0);
  expect(p99Ms).toBeGreaterThanOrEqual(p50Ms);
  await expect.poll(() => sockets.size).toBe(0);
});

test('an answer that comes in pieces is one answer', async () => {
  const { load } = await answering(ANSWER.slice(0, 20), ANSWER.slice(20, 41), ANSWER.slice(41));
  const { perSecond } = await applyLoad(load);
  expect(perSecond).toBeGreaterThan(0);
});

test('what is sent beside is sent at its rate', async () => {
  const { load } = await answering(ANSWER);
  const { request, isRight } = load;
  const { besidePerSecond } = await applyLoad({ ...load, seconds: 1, beside: { request, isRight, perSecond: 100 } });
  expect(besidePerSecond).toBeGreaterThan(50);
  expect(besidePerSecond).toBeLessThan(105);
});

test.for([
  ['a refusal', 'HTTP/1.1 503 Service Unavailable\r\nContent-Length: 4\r\n\r\ndata', 'answered 503'],
  ['a wrong answer', 'HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nDATA', 'answered 200: DATA'],
  ['an answer of unknown length', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n', 'without Content-Length'],
  ['more than was asked for', `${ANSWER}${ANSWER}`, 'more than one answer'],
] as const)('%s is no result', async ([, answer, message]) => {
  const { load, sockets } = await answering(answer);
  await expect(applyLoad(load)).rejects.toThrow(message);
  await expect.poll(() => sockets.size).toBe(0);
});

test('a server that nobody runs is said to refuse', async () => {
  const { load } = await answering(ANSWER);
  const [server] = servers.splice(0);
  await new Promise((resolve) => server?.close(resolve));
  await expect(applyLoad(load)).rejects.toThrow('ECONNREFUSED');
});
