import { beforeAll, expect, inject, onTestFinished, test } from 'vitest';
import { startTestApp, type TestApp } from '../setup/app.ts';
import { cloneDatabase } from '../setup/database.ts';
import { createBoard, signIn, type TestPlayer } from '../setup/documents.ts';
import { listen, nextAfter } from '../setup/live.ts';
import { TournamentChanged } from '../setup/liveDocuments.ts';
import {
  AT_ONCE,
  BY_ITSELF,
  createTournament,
  join,
  listenForPrizes,
  overWith,
  settle,
} from '../setup/liveTournaments.ts';
import { type OwnRedis, startOwnRedis } from '../setup/redis.ts';

let databaseUrl: string;
let ada: TestPlayer;
beforeAll(async () => {
  databaseUrl = await cloneDatabase();
  const app = await startTestApp({ env: { DATABASE_URL: databaseUrl, ROLES: 'api' } });
  await createBoard(app);
  ada = await signIn(app, 'Ada');
  await app.stop();
});

type Pair = { here: TestApp; there: TestApp };

/** Two servers on one database and one Redis, which let go of everything by the end of the test. */
async function startPair(redisUrl: string): Promise<Pair> {
  const start = () => startTestApp({ env: { DATABASE_URL: databaseUrl, REDIS_URL: redisUrl, ROLES: 'api' } });
  const [here, there] = [await start(), await start()];
  onTestFinished(async () => {
    for (const app of [here, there]) {
      await expect.poll(() => app.core.tournamentFeed.live(), { timeout: 5_000 }).toBe(0);
      await app.stop();
    }
  });
  for (const app of [here, there]) await expectRedis(app, 'up');
  return { here, there };
}

async function expectRedis({ url }: TestApp, redis: 'down' | 'up'): Promise<void> {
  const ready = async () => (await (await fetch(`${url}/readyz`)).json()) as object;
  await expect.poll(ready, { timeout: 10_000 }).toMatchObject({ status: 'ready', redis });
}

async function startOwn(port?: number): Promise<OwnRedis> {
  const redis = await startOwnRedis(port);
  onTestFinished(() => redis.stop());
  return redis;
}

async function listenTo(app: TestApp, id: string) {
  const listening = listen(app.url, TournamentChanged, { id });
  onTestFinished(listening.leave);
  await nextAfter(listening, 0);
  return { ...listening, entrants: () => listening.heard.at(-1)?.tournamentChanged.entrants };
}

async function prizesOf(app: TestApp) {
  const [listening] = await listenForPrizes(app, [ada]);
  if (!listening) throw new Error('nobody listens');
  onTestFinished(listening.leave);
  return listening;
}

test('subscribers of either instance hear who joins at the other, at once', async () => {
  const { here, there } = await startPair(inject('redisUrl'));
  const id = await createTournament(here);
  const listeners = [await listenTo(here, id), await listenTo(there, id)];
  for (const [index, app] of [here, there, there, here].entries()) {
    await join(app, id, await signIn(here));
    for (const { entrants } of listeners) await expect.poll(entrants, AT_ONCE).toBe(index + 1);
  }
}, 30_000);

test('a player hears on either instance of a prize that the other one awarded, at once', async () => {
  const { here, there } = await startPair(inject('redisUrl'));
  const listeners = [await prizesOf(here), await prizesOf(there)];
  const expected: string[] = [];
  for (const app of [here, there]) {
    const tournament = await overWith(app, [ada]);
    await settle(app, tournament);
    expected.push(tournament.id);
    for (const { tournaments } of listeners) await expect.poll(tournaments, AT_ONCE).toEqual(expected);
  }
}, 30_000);

test('without Redis subscribers of other instances hear within five seconds, and at once when it is back', async () => {
  const redis = await startOwn();
  const { here, there } = await startPair(redis.url);
  const id = await createTournament(here);
  const [near, far] = [await listenTo(here, id), await listenTo(there, id)];
  const prizes = await prizesOf(there);
  await redis.kill();
  for (const app of [here, there]) await expectRedis(app, 'down');

  const lost = await overWith(here, [ada]);
  await join(here, id, ada);
  await settle(here, lost);
  await expect.poll(near.entrants, AT_ONCE).toBe(1);
  await expect.poll(far.entrants, BY_ITSELF).toBe(1);
  await expect.poll(prizes.tournaments, BY_ITSELF).toEqual([lost.id]);

  await startOwn(redis.port);
  for (const app of [here, there]) await expectRedis(app, 'up');
  const told = await overWith(here, [ada]);
  await join(here, id, await signIn(here));
  await settle(here, told);
  await expect.poll(far.entrants, AT_ONCE).toBe(2);
  await expect.poll(prizes.tournaments, AT_ONCE).toEqual([lost.id, told.id]);
}, 60_000);
