import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, beforeAll, afterAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../setup/app.ts';
import { createBoard, signIn, type TestPlayer } from '../setup/documents.ts';
import { openStream } from '../setup/eventStream.ts';
import { bearer, type HttpAnswer, post } from '../setup/http.ts';
import { CUT_OFF, listen, nextAfter } from '../setup/live.ts';
import { LeaderboardChanged } from '../setup/liveDocuments.ts';

const BOARD = { game: 'g', slug: 'scores' };
const NONE = { players: 0, anonymous: 0, trusted: 0, max: 6 };

let app: TestApp;
let ada: TestPlayer;
const leaving: (() => void)[] = [];
beforeAll(async () => {
  app = await startTestApp({ env: { STREAM_LIMITS: 'player=2,address=3,instance=6' } });
  await createBoard(app);
  ada = await signIn(app, 'Ada');
});
afterEach(async () => {
  leaveAll();
  await expectNone();
});
afterAll(() => app.stop());

/** Streams that have begun, of a player or of anybody. */
async function watch(count: number, token?: string) {
  const streams = Array.from({ length: count }, () => listen(app.url, LeaderboardChanged, BOARD, token));
  leaving.push(...streams.map(({ leave }) => leave));
  for (const stream of streams) await nextAfter(stream, 0);
  return streams;
}

function leaveAll(): void {
  for (const leave of leaving.splice(0)) leave();
}

async function ask(token?: string, variables: object = BOARD): Promise<HttpAnswer> {
  const response = await fetch(`${app.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream', ...(token ? bearer(token) : {}) },
    body: JSON.stringify({ query: LeaderboardChanged.toString(), variables }),
  });
  return { status: response.status, headers: response.headers, text: errorsOf(await response.text()) };
}

/** Refusals of a client that accepts an event stream come as its only event. */
function errorsOf(text: string): string {
  return /^data: (.+)$/m.exec(text)?.[1] ?? text;
}

async function expectNone(): Promise<void> {
  await expect.poll(() => app.streams(), { timeout: 5_000 }).toEqual(NONE);
  expect(app.core.boardFeed.live()).toBe(0);
}

async function expectTooMany(answer: HttpAnswer, message: RegExp): Promise<void> {
  expect({ status: answer.status, retry: answer.headers.get('retry-after') }).toEqual({ status: 429, retry: '5' });
  expect(JSON.parse(answer.text)).toMatchObject({
    errors: [{ message: expect.stringMatching(message), extensions: { code: 'TOO_MANY_STREAMS' } }],
  });
}

test('a player’s stream too many is refused before it begins, and let in when another one has ended', async () => {
  const [first] = await watch(2, ada.token);
  await expectTooMany(await ask(ada.token), /^A player may have 2 streams/);
  expect(app.core.boardFeed.live()).toBe(2);
  first?.leave();
  await expect.poll(() => app.streams().players).toBe(1);
  await watch(1, ada.token);
});

test('an address’ stream too many is refused, but not that of a player there', async () => {
  await watch(3);
  await expectTooMany(await ask(), /^A client address may have 3 streams/);
  await watch(1, ada.token);
  expect(app.streams()).toEqual({ ...NONE, anonymous: 3, players: 1 });
});

test('game servers and admins are let in until the server is full, and then nobody is', async () => {
  const [server, admin] = [await app.tokenFor('server', 'server'), await app.tokenFor('admin', 'admin')];
  await watch(4, server);
  await watch(2, admin);
  for (const token of [server, admin, ada.token, undefined]) {
    const answer = await ask(token);
    expect({ status: answer.status, retry: answer.headers.get('retry-after') }).toEqual({ status: 503, retry: '1' });
    expect(JSON.parse(answer.text)).toMatchObject({ errors: [{ extensions: { code: 'OVERLOADED' } }] });
  }
  expect(app.streams()).toEqual({ ...NONE, trusted: 6 });
});

test('subscriptions that are refused for another reason leave no count behind', async () => {
  for (let asked = 0; asked < 10; asked += 1) {
    expect((await ask(undefined, { game: 'g', slug: 'nowhere' })).status).toBe(400);
    expect((await ask(ada.token, { ...BOARD, top: 0 })).status).toBe(400);
  }
  await expectNone();
  await watch(3);
});

test('a subscription whose field is left out is refused', async () => {
  const query =
    'subscription($no: Boolean!) { leaderboardChanged(game: "g", slug: "scores") @skip(if: $no) { revision } }';
  const answer = await post(app.url, { query, variables: { no: true } }, { accept: 'text/event-stream' });
  expect(answer.status).toBe(400);
  expect(JSON.parse(errorsOf(answer.text))).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
});

test('an EventSource that comes back while there is no room is asked to wait, and not ended for good', async () => {
  await watch(3);
  const returning = await openStream(app.url, LeaderboardChanged, BOARD, { lastEventId: '1' });
  await expect.poll(returning.isEnded).toBe(true);
  expect({ status: returning.status, type: returning.type, lines: returning.lines }).toEqual({
    status: 200,
    type: 'text/event-stream',
    lines: [':', 'retry'],
  });
  expect(returning.retryMs()).toBeGreaterThanOrEqual(5_000);
  expect(returning.retryMs()).toBeLessThanOrEqual(10_000);
  expect(app.streams().anonymous).toBe(3);
  for (const asked of [{ lastEventId: null }, { lastEventId: '1', method: 'POST' }] as const) {
    expect(await openStream(app.url, LeaderboardChanged, BOARD, asked)).toMatchObject({ status: 429 });
  }
});

test('clients that leave before their stream has begun leave no count behind', async () => {
  const { hostname, port, host } = new URL(app.url);
  const query = 'subscription { leaderboardChanged(game: "g", slug: "scores") { revision } }';
  const path = `/graphql?${new URLSearchParams({ query }).toString()}`;
  for (let batch = 0; batch < 20; batch += 1) {
    const sockets = Array.from({ length: 3 }, () => connect(Number(port), hostname).on('error', () => {}));
    for (const socket of sockets) {
      socket.write(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\nAccept: text/event-stream\r\n\r\n`, () =>
        batch % 2 === 0 ? socket.destroy() : socket.resetAndDestroy(),
      );
    }
    await Promise.all(sockets.map(async (socket) => socket.closed || once(socket, 'close')));
  }
  await expectNone();
  await watch(3);
});

test('streams that come and go are counted down as they were counted up', async () => {
  for (let turn = 0; turn < 20; turn += 1) {
    await watch(3);
    leaveAll();
    await expect.poll(() => app.streams(), { interval: 5 }).toEqual(NONE);
  }
});

test('a stop ends every count', async () => {
  const other = await startTestApp({ env: { DATABASE_URL: app.env['DATABASE_URL'] ?? '' } });
  const streams = Array.from({ length: 3 }, () => listen(other.url, LeaderboardChanged, BOARD));
  for (const stream of streams) await nextAfter(stream, 0);
  expect(other.streams()).toEqual({ players: 0, anonymous: 3, trusted: 0, max: 12_000 });
  await other.stop();
  expect(other.streams().anonymous).toBe(0);
  for (const stream of streams) await expect.poll(stream.ended).toMatchObject({ message: CUT_OFF });
});
