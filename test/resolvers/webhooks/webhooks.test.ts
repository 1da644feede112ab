import { sql } from 'drizzle-orm';
import { afterEach, expect, test } from 'vitest';
import { claimPrize } from '../../../src/db/prizes/claimPrize.ts';
import type { Database } from '../../../src/db/open.ts';
import type { WebhookEventType } from '../../generated/graphql.ts';
import { send, startTestApp, type TestApp } from '../../setup/app.ts';
import { createBoard, signIn } from '../../setup/documents.ts';
import { ClaimPrize, MyPrizes } from '../../setup/prizeDocuments.ts';
import { answering, isSigned, openReceiver, type Receiver } from '../../setup/receiver.ts';
import { enterWithScores, makeTournament, requireConsistent, secondsFromNow } from '../../setup/tournaments.ts';
import { CreateWebhook, DeleteWebhook, RetryWebhook, Webhooks } from '../../setup/webhookDocuments.ts';

const WAIT = { timeout: 20_000 };
const ALL: WebhookEventType[] = ['TOURNAMENT_STARTED', 'TOURNAMENT_ENDED', 'TOURNAMENT_SETTLED', 'PRIZE_CLAIMED'];

const open: { stop(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.stop();
});

type Scene = {
  app: TestApp;
  receiver: Receiver;
  secret: string;
  webhookId: string;
  winner: { playerId: string; token: string };
  /** A tournament that ends right away, with one winner: it is settled by the clock. Resolves with the prize's id. */
  win(): Promise<string>;
  restart(env?: Record<string, string>): Promise<TestApp>;
};

async function openScene(
  options: { embedded?: boolean; env?: Record<string, string>; events?: WebhookEventType[] } = {},
) {
  const receiver = await openReceiver();
  open.push({ stop: async () => receiver.close() });
  const { embedded = false, env, events = ALL } = options;
  const app = await startTestApp({ embedded, env: { WEBHOOK_HTTP: 'true', WEBHOOK_RETRIES: '5', ...env } });
  open.unshift(app);
  const board = await createBoard(app);
  const admin = await app.tokenFor('admin', 'admin');
  const input = { game: board.game, url: receiver.url, events };
  const { data } = await send(app.url, CreateWebhook, { input }, admin);
  if (data.createWebhook.__typename !== 'CreatedWebhook') throw new Error('the webhook was not created');
  const player = await signIn(app, 'Ada');
  const winner = { playerId: idIn(player.id), token: player.token };
  const scene: Scene = {
    app,
    receiver,
    secret: data.createWebhook.secret,
    webhookId: data.createWebhook.webhook.id,
    winner,
    win: () => winWith(scene.app, idIn(board.id), winner),
    restart: async (more = {}) => {
      await scene.app.stop();
      open.splice(open.indexOf(scene.app), 1);
      scene.app = await startTestApp({ embedded: true, env: { ...app.env, ...more } });
      open.unshift(scene.app);
      return scene.app;
    },
  };
  return scene;
}

const idIn = (globalId: string) => atob(globalId).split(':')[1] ?? '';

async function winWith(app: TestApp, boardId: string, { playerId, token }: Scene['winner']): Promise<string> {
  const { database } = app.core;
  const [board] = await database.rows<{ id: string; gameId: string }>(
    sql`select id, game_id as "gameId" from leaderboards where id = ${boardId}::uuid`,
  );
  const [startsAt, endsAt] = [secondsFromNow(0.2), secondsFromNow(0.3)];
  const tournament = await makeTournament(database, board ?? { id: '', gameId: '' }, { startsAt, endsAt });
  await enterWithScores(database, tournament, [{ playerId, score: 5 }]);
  const prizeOf = async () => {
    const { data } = await send(app.url, MyPrizes, { state: 'PENDING' }, token);
    return data.prizes.edges[0]?.node.id ?? '';
  };
  await expect.poll(prizeOf, WAIT).not.toBe('');
  return prizeOf();
}

async function failuresOf(app: TestApp) {
  const { data } = await send(app.url, Webhooks, {}, await app.tokenFor('admin', 'admin'));
  return data.games[0]?.failedWebhooks ?? [];
}

test.for([{ embedded: false }, { embedded: true }])(
  'a receiver is told that a tournament started, ended and was settled, and that its prize was claimed, %j',
  async ({ embedded }) => {
    const { app, receiver, secret, win, winner } = await openScene({ embedded });
    const prize = await win();
    await send(app.url, ClaimPrize, { prize }, winner.token);
    await expect.poll(() => receiver.received.length, WAIT).toBeGreaterThanOrEqual(4);
    const types = receiver.received.map(({ type }) => type);
    expect(new Set(types)).toEqual(
      new Set(['tournament.started', 'tournament.ended', 'tournament.settled', 'prize.claimed']),
    );
    expect(receiver.received.every((one) => isSigned(one, secret))).toBe(true);
    const claimed = receiver.received.find(({ type }) => type === 'prize.claimed');
    expect(claimed?.data).toMatchObject({ prize, player: btoa(`Player:${winner.playerId}`), rank: 1, coins: 5_000 });
    expect(JSON.parse(claimed?.body ?? '')).toMatchObject({ id: claimed?.id, createdAt: expect.any(String) as string });
    await requireConsistent(app.core.database);
  },
);

test('a receiver that fails twice gets the same event again, each time with a signature of that moment', async () => {
  const { receiver, secret, win } = await openScene({ events: ['TOURNAMENT_SETTLED'] });
  receiver.answer((response, index) => response.writeHead(index <= 2 ? 500 : 200).end());
  await win();
  await expect.poll(() => receiver.received.length, WAIT).toBe(3);
  expect(new Set(receiver.received.map(({ id }) => id)).size).toBe(1);
  expect(new Set(receiver.received.map(({ body }) => body)).size).toBe(1);
  expect(receiver.received.every((one) => isSigned(one, secret))).toBe(true);
  expect(new Set(receiver.received.map(({ signature }) => signature)).size).toBe(3);
}, 30_000);

test('an event that is never taken is given up on, listed with the reason, and posted again when an admin wants it', async () => {
  const { app, receiver, win } = await openScene({ events: ['TOURNAMENT_SETTLED'], env: { WEBHOOK_RETRIES: '1' } });
  receiver.answer(answering(503));
  await win();
  await expect.poll(() => failuresOf(app), WAIT).toHaveLength(1);
  const [failure] = await failuresOf(app);
  expect(failure).toMatchObject({ type: 'TOURNAMENT_SETTLED', url: receiver.url, reason: 'status 503' });
  expect(receiver.received).toHaveLength(2);
  expect(failure?.eventId).toBe(receiver.received[0]?.id);

  receiver.answer(answering(200));
  const admin = await app.tokenFor('admin', 'admin');
  const { data } = await send(app.url, RetryWebhook, { id: failure?.id ?? '' }, admin);
  expect(data.retryWebhook).toMatchObject({ __typename: 'WebhookFailure', eventId: failure?.eventId });
  await expect.poll(() => receiver.received.length, WAIT).toBe(3);
  expect(receiver.received[2]?.id).toBe(failure?.eventId);
  await expect.poll(() => failuresOf(app), WAIT).toEqual([]);
}, 40_000);

test('a claim is told once it is committed, and once only, however often it is made', async () => {
  const { app, receiver, win, winner } = await openScene({ events: ['PRIZE_CLAIMED'] });
  const { database } = app.core;
  const prize = await win();
  const claim = { prizeId: idIn(prize), playerId: winner.playerId };
  const events = () => database.rows(sql`select id from webhook_events where type = 'prize.claimed'`);
  const failing: Database = {
    ...database,
    transaction: (work) =>
      database.transaction(async (tx) => {
        await work(tx);
        throw new Error('lost before the commit');
      }),
  };
  await expect(claimPrize(failing, claim)).rejects.toThrow('lost');
  expect(await events()).toEqual([]);
  await Promise.all(Array.from({ length: 20 }, () => send(app.url, ClaimPrize, { prize }, winner.token)));
  expect(await events()).toHaveLength(1);
  await expect.poll(() => receiver.received.length, WAIT).toBeGreaterThanOrEqual(1);
  expect(new Set(receiver.received.map(({ id }) => id)).size).toBe(1);
});

test('a server that stops in the middle of a delivery stops in time, and the delivery is made after its next start', async () => {
  const { app, receiver, win, restart } = await openScene({ events: ['TOURNAMENT_SETTLED'] });
  receiver.answer(() => {});
  await win();
  await expect.poll(() => receiver.received.length, WAIT).toBe(1);
  const stoppedAt = performance.now();
  await restart();
  expect(performance.now() - stoppedAt).toBeLessThan(8_000);
  receiver.answer(answering(200));
  await expect.poll(() => receiver.received.length, WAIT).toBe(2);
  expect(new Set(receiver.received.map(({ id }) => id)).size).toBe(1);
  expect(app.logged.filter(({ level }) => Number(level) >= 50)).toEqual([]);
}, 40_000);

test('where private networks are not allowed any more, a webhook that leads there is not posted to', async () => {
  const { receiver, win, restart } = await openScene({
    events: ['TOURNAMENT_SETTLED'],
    env: { ROLES: 'api,worker', WEBHOOK_RETRIES: '0' },
  });
  const app = await restart({ WEBHOOK_HTTP: 'false' });
  await win();
  await expect.poll(() => failuresOf(app), WAIT).toHaveLength(1);
  expect((await failuresOf(app))[0]?.reason).toMatch(/^the URL must start with https:.*WEBHOOK_HTTP=true/);
  expect(receiver.received).toEqual([]);
}, 40_000);

test('a webhook is seen by admins without its secret, and nothing is posted to it once it is deleted', async () => {
  const { app, receiver, secret, webhookId, win } = await openScene();
  const admin = await app.tokenFor('admin', 'admin');
  const seen = await send(app.url, Webhooks, {}, admin);
  expect(seen.data.games[0]?.webhooks).toEqual([{ id: webhookId, url: receiver.url, events: ALL }]);
  expect(JSON.stringify(seen)).not.toContain(secret);
  const { errors } = await send(app.url, Webhooks, {}, await app.tokenFor('server', 'server'));
  expect(errors[0]?.extensions.code).toBe('FORBIDDEN');

  const input = { game: 'g', url: receiver.url, events: ALL };
  const again = await send(app.url, CreateWebhook, { input }, admin);
  expect(again.data.createWebhook).toMatchObject({ code: 'CONFLICT' });
  const results = [];
  for (const _time of [1, 2]) {
    const { data } = await send(app.url, DeleteWebhook, { webhook: webhookId }, admin);
    results.push(data.deleteWebhook);
  }
  expect(results).toEqual([
    { __typename: 'DeletedWebhook', id: webhookId },
    { __typename: 'NotFoundError', code: 'NOT_FOUND' },
  ]);
  await win();
  expect((await send(app.url, Webhooks, {}, admin)).data.games[0]?.webhooks).toEqual([]);
  expect(await app.core.database.rows(sql`select secret from webhooks where secret <> ''`)).toEqual([]);
  expect(await app.core.database.rows(sql`select id from webhook_events`)).toEqual([]);
  expect(receiver.received).toEqual([]);
});

test('a webhook whose URL or events break a rule is refused', async () => {
  const { app } = await openScene();
  const admin = await app.tokenFor('admin', 'admin');
  const create = async (input: { url?: string; events?: WebhookEventType[] }) => {
    const whole = { game: 'g', url: 'https://game.example/', events: ALL, ...input };
    return (await send(app.url, CreateWebhook, { input: whole }, admin)).data.createWebhook;
  };
  expect(await create({ url: 'ftp://game.example' })).toMatchObject({ code: 'VALIDATION', path: 'input.url' });
  expect(await create({ url: 'https://me:secret@game.example' })).toMatchObject({ code: 'VALIDATION' });
  expect(await create({ events: [] })).toMatchObject({ code: 'VALIDATION', path: 'input.events' });
});
