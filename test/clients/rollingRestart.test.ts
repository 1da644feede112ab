import { expect, inject, onTestFinished, test } from 'vitest';
import { send } from '../setup/app.ts';
import { startBalancer } from '../setup/balancer.ts';
import { cloneDatabase } from '../setup/database.ts';
import { Board, createBoard, signIn, SubmitScore, type TestPlayer } from '../setup/documents.ts';
import { expectToResume, streamsOf } from '../setup/live.ts';
import { freePort } from '../setup/serverProcess.ts';
import { type ServerUnderTest, spawnServer } from '../setup/serverUnderTest.ts';
import { tokenFor } from '../setup/tokens.ts';
import { createApollo, liveWithApollo } from './apollo.ts';
import { boardsMovesSubscription } from './boards.ts';
import { liveWithEventSource } from './eventSource.ts';
import { liveWithGraphqlSse } from './graphqlSse.ts';
import { createRelay, liveWithRelay } from './relay.ts';
import type { Live, TopOfBoard } from './live.ts';
import { createUrql, liveWithUrql } from './urql.ts';

/** graphql-sse comes back after 1.3 to 4 s, a browser after what the server says, 1 to 5 s. */
const BACK = { timeout: 15_000, interval: 50 };

const CLIENTS: Record<string, (url: string, top: TopOfBoard) => Live> = {
  'Apollo Client': (url, top) => liveWithApollo(createApollo(url), boardsMovesSubscription, top),
  urql: (url, top) => liveWithUrql(createUrql(url), boardsMovesSubscription, top),
  Relay: (url, top) => liveWithRelay(createRelay(url), boardsMovesSubscription, top),
  'graphql-sse': liveWithGraphqlSse,
  EventSource: liveWithEventSource,
};

/** An instance that can be stopped and started again at the same address. */
async function startInstance(env: Record<string, string>) {
  const port = String(await freePort());
  const start = () => spawnServer({ ...env, PORT: port });
  let server: ServerUnderTest = await start();
  onTestFinished(async () => void (await server.end('SIGKILL')));
  return {
    url: server.url,
    stop: async () => expect(await server.end('SIGTERM')).toEqual({ code: 0, signal: null }),
    start: async () => {
      server = await start();
    },
  };
}

/** Submits one score after another until it is told to stop; one that meets a stopping instance is sent again. */
function keepScoring(url: string, players: TestPlayer[], { game, slug }: TopOfBoard) {
  let isOver = false;
  let accepted = 0;
  const submit = async (turn: number) => {
    const input = { game, leaderboard: slug, score: (turn * 37) % 101, idempotencyKey: `turn-${turn}` };
    const player = players[turn % players.length] as TestPlayer;
    const answer = await send(url, SubmitScore, { input }, player.token).catch(() => null);
    return answer?.status === 200;
  };
  const done = (async () => {
    for (let turn = 1; !isOver; turn += 1) {
      await expect.poll(() => submit(turn), { timeout: 10_000, interval: 20 }).toBe(true);
      accepted += 1;
    }
  })();
  return {
    accepted: () => accepted,
    end: async () => {
      isOver = true;
      await done;
    },
  };
}

test('over a rolling restart of two instances no client is lost, and none misses a change', async () => {
  const env = { DATABASE_URL: await cloneDatabase(), REDIS_URL: inject('redisUrl') };
  const instances = await Promise.all([startInstance(env), startInstance(env)]);
  const [one, other] = instances;
  const balancer = await startBalancer(instances.map(({ url }) => url));
  onTestFinished(balancer.close);

  const { game, slug } = await createBoard({ url: one.url, tokenFor }, { operator: 'LATEST' });
  const top = { game, slug, first: 5 };
  const players = await Promise.all(Array.from({ length: 8 }, (_, index) => signIn(one, `Player ${index}`)));
  const clients = Object.entries(CLIENTS).flatMap(([name, open]) =>
    [1, 2].map((number) => ({ name: `${name} ${number}`, live: open(balancer.url, top) })),
  );
  onTestFinished(() => clients.forEach(({ live }) => live.leave()));
  const streams = async () => Promise.all(instances.map(({ url }) => streamsOf(url).catch(() => 0)));
  const total = async () => (await streams()).reduce((sum, count) => sum + count, 0);
  await expect.poll(total, BACK).toBe(clients.length);
  expect(Math.min(...(await streams()))).toBeGreaterThan(0);

  const scoring = keepScoring(balancer.url, players, top);
  for (const [instance, survivor] of [
    [one, other],
    [other, one],
  ] as const) {
    const before = scoring.accepted();
    await instance.stop();
    await expect.poll(() => streamsOf(survivor.url), BACK).toBe(clients.length);
    expect(scoring.accepted()).toBeGreaterThan(before);
    await instance.start();
  }
  await scoring.end();

  const { data } = await send(other.url, Board, top);
  const page = data.leaderboard?.standings;
  for (const { name, live } of clients) {
    await expect.poll(() => live.heard.at(-1)?.revision, { message: name }).toBe(page?.revision);
    expect({ name, ended: live.ended() }).toEqual({ name, ended: null });
    expect(live.heard.at(-1)?.standings.map(({ player, rank, score }) => [player.id, rank, score])).toEqual(
      page?.edges.map(({ node }) => [node.player.id, node.ordinal, node.score]),
    );
    for (const [index, change] of live.heard.entries()) {
      const before = live.heard[index - 1];
      if (before) expectToResume(before, change);
    }
  }
}, 180_000);
