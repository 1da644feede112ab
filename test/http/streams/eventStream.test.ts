import { GraphQLError } from 'graphql';
import type { ServerResponse } from 'node:http';
import { PassThrough } from 'node:stream';
import { expect, test, vi } from 'vitest';
import { createQueue } from '../../../src/async/queue.ts';
import { eventOf } from '../../../src/http/streams/eventFrames.ts';
import { type EventStream, sendEvents, STREAM_HEADERS } from '../../../src/http/streams/eventStream.ts';

const asBytes: EventStream['bytesOf'] = (event) => Buffer.from(String(event));

/** A stream of texts, over a connection that holds so many bytes for its client. */
function open({ isOver = false, bytesOf = asBytes, highWaterMark = 1_000 } = {}) {
  const events = createQueue<string>({ max: 100, closed: () => {} });
  const response = Object.assign(new PassThrough({ highWaterMark, encoding: 'utf8' }), { flushHeaders: () => {} });
  const failed = vi.fn();
  sendEvents({ response: response as unknown as ServerResponse, events, bytesOf, isOver }, failed);
  const next = async () => {
    for (;;) {
      const text = response.read() as string | null;
      if (text !== null) return text;
      await new Promise((resolve) => void response.once('readable', resolve));
    }
  };
  return { events, response, failed, next };
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
  const { events, next } = open({ bytesOf });
  expect(await next()).toBe(':\n\n');
  for (const event of ['slow', 'quick', 'slow']) events.offer(event);
  let text = '';
  while (text.length < 'slowquickslow'.length) text += await next();
  expect(text).toBe('slowquickslow');
});

test('while the client does not read, no event is taken, and the next one as soon as it does', async () => {
  const bytesOf = vi.fn(asBytes);
  const { events, next } = open({ bytesOf, highWaterMark: 10 });
  for (const event of ['a long event', 'another', 'last']) events.offer(event);
  await expect.poll(() => bytesOf.mock.calls.length).toBe(1);
  await new Promise((resolve) => setImmediate(resolve));
  expect(bytesOf).toHaveBeenCalledOnce();
  let text = '';
  while (!text.endsWith('last')) text += await next();
  expect(text).toBe(':\n\na long eventanotherlast');
});

test.each([
  [true, /^event: complete\ndata:\n\n$/],
  [false, /^retry: [1-5]\d{3}\n\n$/],
])('a stream for which being over is %s ends with %s', async (isOver, end) => {
  const { events, response, next } = open({ isOver });
  await next();
  await events.return?.();
  expect(await next()).toMatch(end);
  await expect.poll(() => response.writableFinished).toBe(true);
});

test('what goes wrong cuts the connection and is told', async () => {
  const error = new Error('broken');
  const { events, response, failed } = open({ bytesOf: () => Promise.reject(error) });
  events.offer('event');
  await expect.poll(() => response.destroyed).toBe(true);
  expect(failed).toHaveBeenCalledWith(error);
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
