import { GraphQLError } from 'graphql';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createQueue } from '../../../src/async/queue.ts';
import { eventOf } from '../../../src/http/streams/eventFrames.ts';
import { type EventStream, sendEvents, STREAM_HEADERS } from '../../../src/http/streams/eventStream.ts';

/** What every stream begins with. */
const START = /^retry: [1-5]\d{3}\n\n$/;
const START_LENGTH = 'retry: 1000\n\n'.length;
const asBytes: EventStream['bytesOf'] = (event) => Buffer.from(String(event));

/** A stream of texts, and a client that reads it when it is asked for more. */
async function open({ isOver = false, bytesOf = asBytes } = {}) {
  const events = createQueue<string>({ max: 100, closed: () => {} });
  const failed = vi.fn();
  const server = createServer((_request, response) => {
    response.on('close', () => void events.return?.());
    response.setHeaders(new Map(Object.entries(STREAM_HEADERS)));
    sendEvents({ response, events, bytesOf, isOver }, failed);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1')
    .setEncoding('latin1')
    .pause();
  onTestFinished(() => {
    client.destroy();
    server.close();
  });
  client.write('GET / HTTP/1.1\r\nHost: here\r\n\r\n');
  let text = '';
  /** Reads until all that has come behind the head fits, or to the end. */
  const readTo = async (isEnough: (body: string) => boolean): Promise<string> => {
    for (;;) {
      const body = text.slice(text.indexOf('\r\n\r\n') + 4);
      if (text.includes('\r\n\r\n') && isEnough(body)) return body;
      if (client.readableEnded || client.destroyed) throw new Error(`the stream ended: ${body.slice(-100)}`);
      const chunk = client.read() as string | null;
      if (chunk === null) await Promise.race([once(client, 'readable'), once(client, 'end'), once(client, 'close')]);
      else text += chunk;
    }
  };
  return { events, client, failed, readTo, head: () => text };
}

test('a stream asks proxies not to keep its events back', () => {
  expect(STREAM_HEADERS).toMatchObject({
    'Content-Type': 'text/event-stream',
    'Cache-Control': 'no-cache',
    'X-Accel-Buffering': 'no',
  });
});

test('a stream has a first byte before its first event, and events in their order, whether or not they are waited for', async () => {
  const bytesOf: EventStream['bytesOf'] = (event) =>
    event === 'slow' ? Promise.resolve(Buffer.from('slow')) : asBytes(event);
  const { events, readTo, head } = await open({ bytesOf });
  expect(await readTo((body) => body.length >= START_LENGTH)).toMatch(START);
  for (const event of ['slow', 'quick', 'slow']) events.offer(event);
  const told = await readTo((body) => body.endsWith('slow') && body.includes('quick'));
  expect(told.slice(START_LENGTH)).toBe('slowquickslow');
  expect(head()).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  expect(head()).not.toMatch(/transfer-encoding/i);
});

test('while the client does not read, no event is taken, and the next one as soon as it does', async () => {
  // More than the system holds for a connection.
  const large = 'x'.repeat(16_000_000);
  const bytesOf = vi.fn(asBytes);
  const { events, client, readTo } = await open({ bytesOf });
  await readTo((body) => body.length === START_LENGTH);
  for (const event of [large, 'another', 'last']) events.offer(event);
  expect(bytesOf).toHaveBeenCalledOnce();
  await new Promise((resolve) => setImmediate(resolve));
  expect(bytesOf).toHaveBeenCalledOnce();
  let length = 0;
  let end = '';
  client.on('data', (chunk: string) => {
    length += chunk.length;
    end = (end + chunk).slice(-11);
  });
  client.resume();
  await expect.poll(() => end, { timeout: 10_000 }).toBe('anotherlast');
  expect(length).toBe(large.length + 'anotherlast'.length);
});

test.each([
  [true, /^retry: \d{4}\n\nevent: complete\ndata:\n\n$/],
  [false, /^retry: \d{4}\n\nretry: [1-5]\d{3}\n\n$/],
])('a stream for which being over is %s ends with %s', async (isOver, end) => {
  const { events, client, readTo } = await open({ isOver });
  await readTo((body) => body.length === START_LENGTH);
  await events.return?.();
  expect(await readTo((body) => body.endsWith('\n\n') && body.length > START_LENGTH)).toMatch(end);
  client.resume();
  await expect.poll(() => client.readableEnded).toBe(true);
});

test.each([
  ['an execution', () => Promise.reject(new Error('broken'))],
  [
    'what is done at once',
    () => {
      throw new Error('broken');
    },
  ],
])(
  'what goes wrong in %s cuts the connection and is told, and throws nothing where events come from',
  async (_what, bytesOf) => {
    const { events, client, failed, readTo } = await open({ bytesOf });
    await readTo((body) => body.length === START_LENGTH);
    events.offer('event');
    client.resume();
    await expect.poll(() => client.closed).toBe(true);
    expect(failed).toHaveBeenCalledExactlyOnceWith(new Error('broken'));
  },
);

test('a client that leaves while its event is worked out does no harm', async () => {
  const worked = Promise.withResolvers<Buffer>();
  const { events, client, failed, readTo } = await open({ bytesOf: () => worked.promise });
  await readTo((body) => body.length === START_LENGTH);
  events.offer('event');
  client.destroy();
  await expect.poll(() => events.next(), { interval: 10 }).toEqual({ value: undefined, done: true });
  worked.resolve(Buffer.from('too late'));
  await new Promise((resolve) => setImmediate(resolve));
  expect(failed).not.toHaveBeenCalled();
});

test('an event is one block, with its id as a line', () => {
  expect(String(eventOf({ data: { a: 1 } }, '7'))).toBe('event: next\ndata: {"data":{"a":1}}\nid: 7\n\n');
  expect(String(eventOf({ data: { a: 1 } }, null))).toBe('event: next\ndata: {"data":{"a":1}}\n\n');
});

test('an event that tells errors has no id, and they are told without statuses', () => {
  const error = new GraphQLError('no', { extensions: { code: 'UNAVAILABLE', http: { status: 503 } } });
  expect(String(eventOf({ data: null, errors: [error] }, '7'))).toBe(
    'event: next\ndata: {"data":null,"errors":[{"message":"no","extensions":{"code":"UNAVAILABLE"}}]}\n\n',
  );
});
