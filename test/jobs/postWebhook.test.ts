import { afterAll, beforeAll, expect, test } from 'vitest';
import { postWebhook } from '../../src/jobs/postWebhook.ts';
import { answering, openReceiver, type Receiver } from '../setup/receiver.ts';

let receiver: Receiver;
beforeAll(async () => {
  receiver = await openReceiver();
});
afterAll(() => receiver.close());

const webhookEvent = { id: 'event', type: 'prize.claimed' as const, happenedAt: new Date(0), data: {} };
const never = new AbortController().signal;
const post = (url: string, options: { allowsPrivate?: boolean; signal?: AbortSignal } = {}) =>
  postWebhook({ url, secret: 'secret', webhookEvent }, { allowsPrivate: true, signal: never, ...options });

test('only a status from 200 to 299 takes an event, and a redirection is not followed', async () => {
  for (const status of [200, 299]) {
    receiver.answer(answering(status));
    expect(await post(receiver.url)).toBeNull();
  }
  const before = receiver.received.length;
  receiver.answer((response) => response.writeHead(302, { Location: receiver.url }).end());
  expect(await post(receiver.url)).toBe('status 302');
  expect(receiver.received).toHaveLength(before + 1);
});

test('an answer without end is not read', async () => {
  receiver.answer((response) => {
    response.writeHead(200);
    const flood = () => {
      while (!response.destroyed && response.write(Buffer.alloc(65_536)));
    };
    response.on('drain', flood);
    flood();
  });
  expect(await post(receiver.url)).toBeNull();
});

test('a receiver that hangs is given five seconds, and one that is not there is told apart', async () => {
  receiver.answer(() => {});
  const startedAt = performance.now();
  expect(await post(receiver.url)).toBe('no answer within 5 s');
  expect(performance.now() - startedAt).toBeLessThan(7_000);
  expect(await post('http://127.0.0.1:1/')).toBe('ECONNREFUSED');
});

test('a name that leads into a private network is not connected to', async () => {
  const url = new URL(receiver.url);
  const reason = await post(`https://localhost:${url.port}/`, { allowsPrivate: false });
  expect(reason).toMatch(/^PRIVATE_NETWORK .*WEBHOOK_HTTP=true/);
});

test('an attempt that is given up at the stop says so', async () => {
  receiver.answer(() => {});
  const stopping = new AbortController();
  const posted = post(receiver.url, { signal: stopping.signal });
  stopping.abort();
  expect(await posted).toBe('the server was stopping');
});
