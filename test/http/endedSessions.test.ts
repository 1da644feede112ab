import { afterEach, beforeAll, expect, inject, onTestFinished, test } from 'vitest';
import { DeleteMe, Me, SignOut, uuidOf } from '../setup/accountDocuments.ts';
import { newDeviceId, send, startTestApp, type TestApp } from '../setup/app.ts';
import { createBoard, signIn } from '../setup/documents.ts';
import { listen, nextAfter, submitTo } from '../setup/live.ts';
import { LeaderboardChanged, StandingChanged } from '../setup/liveDocuments.ts';
import { tokenEndingAt } from '../setup/tokens.ts';

const BOARD = { game: 'g', slug: 'scores' };
const AT_ONCE = { timeout: 1_000, interval: 20 };
/** What a lost notice may cost. */
const BY_ITSELF = { timeout: 5_000, interval: 50 };

let databaseUrl: string;
const leaving: (() => void)[] = [];
beforeAll(async () => {
  const app = await startTestApp();
  databaseUrl = app.env['DATABASE_URL'] ?? '';
  await createBoard(app);
  await app.stop();
});
afterEach(() => {
  for (const leave of leaving.splice(0)) leave();
});

/** Servers on one database, which must have let go of all streams by the end of the test. */
async function start(count: number, env: Record<string, string> = {}): Promise<TestApp[]> {
  const apps = await Promise.all(
    Array.from({ length: count }, () => startTestApp({ env: { DATABASE_URL: databaseUrl, ...env } })),
  );
  onTestFinished(async () => {
    for (const leave of leaving.splice(0)) leave();
    for (const app of apps) {
      await expect.poll(() => app.streams(), { timeout: 5_000 }).toMatchObject({ players: 0, anonymous: 0 });
      expect(app.core.boardFeed.live()).toBe(0);
      await app.stop();
    }
  });
  return apps;
}

async function startOne(): Promise<TestApp> {
  const [app] = await start(1);
  if (!app) throw new Error('a server was wanted');
  return app;
}

async function startPair(env: Record<string, string> = {}): Promise<{ here: TestApp; there: TestApp }> {
  const [here, there] = await start(2, env);
  if (!here || !there) throw new Error('two servers were wanted');
  if (env['REDIS_URL']) for (const app of [here, there]) await expectRedis(app);
  return { here, there };
}

async function expectRedis({ url }: TestApp): Promise<void> {
  const ready = async () => (await (await fetch(`${url}/readyz`)).json()) as object;
  await expect.poll(ready, { timeout: 5_000 }).toMatchObject({ redis: 'up' });
}

/** A stream that has begun. */
async function watch(app: TestApp, token?: string) {
  const listening = listen(app.url, LeaderboardChanged, BOARD, token);
  leaving.push(listening.leave);
  await nextAfter(listening, 0);
  return listening;
}

const signOut = (app: TestApp, token: string, everywhere = false) => send(app.url, SignOut, { everywhere }, token);

async function expectRefused(app: TestApp, token: string, within = AT_ONCE): Promise<void> {
  await expect.poll(async () => (await send(app.url, Me, {}, token)).status, within).toBe(401);
}

test('a stream is completed at the moment at which its token expires', async () => {
  const app = await startOne();
  const player = await signIn(app);
  await submitTo(app.url, BOARD.slug, player, 5);
  const expiresAt = new Date((Math.floor(Date.now() / 1_000) + 2) * 1_000);
  const tokens = [
    await tokenEndingAt(expiresAt, uuidOf(player), 'player'),
    await tokenEndingAt(expiresAt, 'match-maker', 'server'),
  ];
  const streams = [
    ...(await Promise.all(tokens.map((token) => watch(app, token)))),
    listen(app.url, StandingChanged, BOARD, tokens[0]),
  ];
  const others = [await watch(app), await watch(app, player.token)];
  for (const stream of streams) await nextAfter<unknown>(stream, 0);
  await Promise.all(
    streams.map(async (stream) => {
      await expect.poll(stream.ended, { timeout: 3_000, interval: 5 }).toBe('complete');
      const lateMs = Date.now() - expiresAt.getTime();
      expect(lateMs).toBeGreaterThanOrEqual(0);
      expect(lateMs).toBeLessThan(500);
    }),
  );
  for (const other of others) expect(other.ended()).toBeNull();
  for (const token of tokens) await expectRefused(app, token);
});

test('signing out completes the streams of that session, and of no other', async () => {
  const app = await startOne();
  const deviceId = newDeviceId();
  const [phone, tablet] = [await signIn(app, 'Ada', deviceId), await signIn(app, 'Ada', deviceId)];
  expect(phone.id).toBe(tablet.id);
  const [phones, again, tablets] = [
    await watch(app, phone.token),
    await watch(app, phone.token),
    await watch(app, tablet.token),
  ];
  const beas = await watch(app, (await signIn(app, 'Bea')).token);
  await signOut(app, phone.token);
  for (const stream of [phones, again]) await expect.poll(stream.ended, AT_ONCE).toBe('complete');
  await submitTo(app.url, BOARD.slug, tablet, Date.now());
  for (const stream of [tablets, beas]) {
    await nextAfter(stream, 1);
    expect(stream.ended()).toBeNull();
  }
});

test('signing out everywhere completes the streams of all sessions', async () => {
  const app = await startOne();
  const deviceId = newDeviceId();
  const devices = [await signIn(app, 'Ada', deviceId), await signIn(app, 'Ada', deviceId)];
  const streams = await Promise.all(devices.map(({ token }) => watch(app, token)));
  await signOut(app, devices[0]?.token ?? '', true);
  for (const stream of streams) await expect.poll(stream.ended, AT_ONCE).toBe('complete');
});

test('with Redis, a session that is revoked on one instance has ended on the other within a second', async () => {
  const { here, there } = await startPair({ REDIS_URL: inject('redisUrl') });
  for (const [one, other] of [
    [here, there],
    [there, here],
  ] as const) {
    const { token } = await signIn(one);
    const streams = [await watch(one, token), await watch(other, token)];
    await signOut(one, token);
    for (const stream of streams) await expect.poll(stream.ended, AT_ONCE).toBe('complete');
    await expectRefused(one, token);
    await expectRefused(other, token);
  }
});

test('with Redis, the streams of a deleted player are completed on both instances within a second', async () => {
  const { here, there } = await startPair({ REDIS_URL: inject('redisUrl') });
  const player = await signIn(here);
  const byHand = await here.tokenFor(uuidOf(player), 'player');
  const streams = [await watch(here, player.token), await watch(there, player.token), await watch(there, byHand)];
  await send(here.url, DeleteMe, {}, player.token);
  for (const stream of streams) await expect.poll(stream.ended, AT_ONCE).toBe('complete');
  for (const token of [player.token, byHand]) await expectRefused(there, token);
});

test('without Redis, the other instance hears of a revoked session and of a deleted player within five seconds', async () => {
  const { here, there } = await startPair();
  const [ada, bea] = [await signIn(here, 'Ada'), await signIn(here, 'Bea')];
  const streams = [await watch(there, ada.token), await watch(there, bea.token)];
  await signOut(here, ada.token);
  await send(here.url, DeleteMe, {}, bea.token);
  const since = performance.now();
  for (const stream of streams) await expect.poll(stream.ended, BY_ITSELF).toBe('complete');
  for (const { token } of [ada, bea]) await expectRefused(there, token, BY_ITSELF);
  expect(performance.now() - since).toBeLessThan(5_000);
});

test('an instance that starts later knows what was ended before', async () => {
  const app = await startOne();
  const [ada, bea] = [await signIn(app, 'Ada'), await signIn(app, 'Bea')];
  await signOut(app, ada.token);
  await send(app.url, DeleteMe, {}, bea.token);
  const later = await startOne();
  for (const { token } of [ada, bea]) expect((await send(later.url, Me, {}, token)).status).toBe(401);
});

test('a stream that begins while its session is revoked ends as well', async () => {
  const app = await startOne();
  const players = await Promise.all(Array.from({ length: 20 }, () => signIn(app)));
  const streams = players.map(({ token }) => listen(app.url, LeaderboardChanged, BOARD, token));
  leaving.push(...streams.map(({ leave }) => leave));
  await Promise.all(players.map(({ token }) => signOut(app, token)));
  for (const stream of streams) await expect.poll(() => stream.ended() !== null, AT_ONCE).toBe(true);
});
