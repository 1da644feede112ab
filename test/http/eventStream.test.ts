import { GraphQLError } from 'graphql';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createQueue } from '../../src/async/queue.ts';
import { eventStream } from '../../src/http/eventStream.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function open({ isOver = false } = {}) {
  const results = createQueue<object>({ max: 10, closed: () => {} });
  const response = eventStream(results, () => isOver, globalThis);
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  const next = async () => new TextDecoder().decode((await reader.read()).value);
  return { results, headers: response.headers, reader, next };
}

test('a silent stream has a heartbeat every twelve seconds', async () => {
  const { next } = open();
  expect(await next()).toMatch(/^retry: [1-5]\d{3}\n\n$/);
  for (let beat = 0; beat < 3; beat += 1) {
    const coming = next();
    await vi.advanceTimersByTimeAsync(12_000);
    expect(await coming).toBe(':\n\n');
  }
});

test('a stream asks proxies not to keep its events back', () => {
  expect(Object.fromEntries(open().headers)).toMatchObject({
    'content-type': 'text/event-stream',
    'cache-control': 'no-cache',
    'x-accel-buffering': 'no',
  });
});

test('an event is one chunk, and its errors are told without statuses', async () => {
  const { results, next } = open();
  await next();
  const error = new GraphQLError('no', { extensions: { code: 'UNAVAILABLE', http: { status: 503 } } });
  results.offer({ data: null, errors: [error] });
  expect(await next()).toBe(
    'event: next\ndata: {"data":null,"errors":[{"message":"no","extensions":{"code":"UNAVAILABLE"}}]}\n\n',
  );
});

test.each([
  [true, /^event: complete\ndata:\n\n$/],
  [false, /^retry: [1-5]\d{3}\n\n$/],
])('a stream for which being over is %s ends with %s, and its heartbeat with it', async (isOver, end) => {
  const { results, reader, next } = open({ isOver });
  await next();
  await results.return?.();
  expect(await next()).toMatch(end);
  expect((await reader.read()).done).toBe(true);
  expect(vi.getTimerCount()).toBe(0);
});

test('a client that leaves ends the stream and its heartbeat', async () => {
  const { results, reader } = open();
  await reader.cancel();
  expect(await results.next()).toEqual({ value: undefined, done: true });
  expect(vi.getTimerCount()).toBe(0);
});
