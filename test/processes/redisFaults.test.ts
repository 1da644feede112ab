import { setTimeout as delay } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { expect, inject, onTestFinished, test } from 'vitest';
import { openDatabase } from '../../src/db/open.ts';
import { countMirrorOutbox } from '../../src/db/submissions/mirrorOutbox.ts';
import { verify } from '../../src/verify/verify.ts';
import { send } from '../setup/app.ts';
import { cloneDatabase } from '../setup/database.ts';
import { Board, createBoard, signIn, SubmitScore, type TestPlayer } from '../setup/documents.ts';
import { DriftReport } from '../setup/mirrorDocuments.ts';
import { type OwnRedis, startOwnRedis } from '../setup/redis.ts';
import { type ServerUnderTest, spawnServer } from '../setup/serverUnderTest.ts';
import { tokenFor } from '../setup/tokens.ts';

const CADENCES = ['ALL_TIME', 'DAILY', 'WEEKLY', 'MONTHLY'] as const;
const PLAYERS = 24;
const isReal = inject('isRealRedis');

type Fault = (redis: { now: OwnRedis }) => Promise<unknown>;

/** How Redis may go wrong. Where the substitute does not know a command, it suffers what comes nearest. */
const faults: Record<string, Fault> = {
  'is emptied by FLUSHALL': ({ now }) => command(now, 'FLUSHALL'),
  'is paused by CLIENT PAUSE for 2 s': ({ now }) =>
    isReal ? command(now, 'CLIENT', 'PAUSE', '2000') : stopFor(now, 2_000),
  'hangs for 3 s': ({ now }) => stopFor(now, 3_000),
  'gets messages that are not JSON on every channel': async ({ now }) => {
    const client = new Redis(now.url);
    for (const channel of (await client.pubsub('CHANNELS')) as string[]) {
      for (const text of ['not JSON', '', '{', 'null', '[]', '\0']) await client.publish(channel, text);
    }
    client.disconnect();
  },
  'is read-only for a while': async (redis) => {
    if (!isReal) return killAndStart(redis);
    // A replica of nobody: it keeps what it has, and refuses to write.
    await command(redis.now, 'REPLICAOF', '127.0.0.1', '1');
    await delay(2_000);
    await command(redis.now, 'REPLICAOF', 'NO', 'ONE');
  },
  'is killed and comes back empty': killAndStart,
};

async function killAndStart(redis: { now: OwnRedis }): Promise<void> {
  await redis.now.kill();
  await delay(1_000);
  redis.now = await startOwnRedis(redis.now.port);
}

async function stopFor({ pid }: OwnRedis, ms: number): Promise<void> {
  process.kill(pid, 'SIGSTOP');
  await delay(ms);
  process.kill(pid, 'SIGCONT');
}

async function command({ url }: OwnRedis, name: string, ...parameters: string[]): Promise<void> {
  const client = new Redis(url);
  await client.call(name, ...parameters);
  client.disconnect();
}

/** Submits and reads without pause until told to stop. Everything that goes wrong is noted. */
function startCrowd(servers: ServerUnderTest[], players: TestPlayer[], slug: string) {
  const wrong: string[] = [];
  const counts = { submissions: 0, reads: 0 };
  let isRunning = true;
  const submitAndRead = async (player: TestPlayer, index: number) => {
    for (let round = 1; isRunning; round += 1) {
      const { url } = servers[(index + round) % servers.length] as ServerUnderTest;
      const input = { game: 'g', leaderboard: slug, score: 1, idempotencyKey: `play ${round}` };
      const { data, errors } = await send(url, SubmitScore, { input }, player.token);
      if (errors.length > 0 || data.submitScore.__typename !== 'Submission') {
        wrong.push(`submission: ${JSON.stringify(errors)} ${JSON.stringify(data)}`);
      }
      counts.submissions += 1;
      // On a SUM board every player's score is the number of submissions that were answered.
      const other = servers[(index + round + 1) % servers.length] as ServerUnderTest;
      const page = (await send(other.url, Board, { game: 'g', slug, first: 50 })).data.leaderboard?.standings;
      const own = page?.edges.find(({ node }) => node.player.id === player.id)?.node.score;
      if (own !== round) wrong.push(`read: ${own} after ${round} submissions, ${page?.totalCount} on the board`);
      const ranks = page?.edges.map(({ node }) => node.ordinal) ?? [];
      if (ranks.some((rank, position) => rank !== position + 1)) wrong.push(`read: ranks ${ranks.join(' ')}`);
      counts.reads += 1;
    }
  };
  const all = Promise.all(players.map(submitAndRead));
  return {
    wrong,
    counts,
    stop: async () => {
      isRunning = false;
      await all;
    },
  };
}

test('whatever happens to Redis under load: no submission fails, no answer is older than what was acknowledged, no process ends, and afterwards every row is equal', async () => {
  const redis = { now: await startOwnRedis() };
  onTestFinished(() => redis.now.stop());
  const databaseUrl = await cloneDatabase();
  const env = { DATABASE_URL: databaseUrl, REDIS_URL: redis.now.url, DRIFT_CHECK_SECONDS: '2' };
  const servers = await Promise.all([spawnServer(env), spawnServer(env)]);
  onTestFinished(async () => {
    for (const server of servers) expect(await server.end()).toEqual({ code: 0, signal: null });
  });
  const [first] = servers;
  const { slug } = await createBoard({ url: first.url, tokenFor }, { operator: 'SUM', cadences: [...CADENCES] });
  const players = await Promise.all(Array.from({ length: PLAYERS }, () => signIn(first)));
  const crowd = startCrowd(servers, players, slug);
  const someMore = async () => {
    const wanted = crowd.counts.submissions + 100;
    await expect.poll(() => crowd.counts.submissions, { timeout: 30_000, interval: 20 }).toBeGreaterThan(wanted);
  };
  await someMore();
  for (const fault of Object.values(faults)) {
    await fault(redis);
    await someMore();
  }
  await crowd.stop();

  expect(crowd.wrong.slice(0, 5)).toEqual([]);
  expect(crowd.counts.reads).toBeGreaterThanOrEqual(crowd.counts.submissions);
  for (const server of servers) expect(server.process.exitCode).toBeNull();
  const admin = await tokenFor('admin', 'admin');
  const report = async () => (await send(first.url, DriftReport, { game: 'g', slug }, admin)).data.driftReport;
  // Within 5 s: everything that was left behind is in Redis.
  await expect
    .poll(report, { timeout: isReal ? 5_000 : 60_000, interval: 100 })
    .toEqual(
      CADENCES.map((cadence) =>
        expect.objectContaining({ cadence, state: 'COMPARED', entries: PLAYERS, differences: [] }),
      ),
    );
  const database = await openDatabase({ databaseUrl });
  await expect.poll(() => countMirrorOutbox(database), { timeout: isReal ? 5_000 : 60_000 }).toBe(0);
  const verified = await verify(database);
  await database.close();
  expect(verified).toMatchObject({ submissions: crowd.counts.submissions, differences: [] });
}, 240_000);

test('a Redis that was emptied has its copies back within 5 s, though nobody reads or submits', async () => {
  const redis = await startOwnRedis();
  onTestFinished(() => redis.stop());
  const server = await spawnServer({ DATABASE_URL: await cloneDatabase(), REDIS_URL: redis.url });
  onTestFinished(async () => {
    expect(await server.end()).toEqual({ code: 0, signal: null });
  });
  const { slug } = await createBoard({ url: server.url, tokenFor }, {});
  const player = await signIn(server);
  const input = { game: 'g', leaderboard: slug, score: 5, idempotencyKey: 'one' };
  await send(server.url, SubmitScore, { input }, player.token);
  const client = new Redis(redis.url);
  onTestFinished(() => client.disconnect());
  const copies = async () => (await client.keys('laurel:{*:meta')).length;
  await expect.poll(copies, { timeout: 5_000 }).toBe(1);
  // The server has seen this Redis as it is now.
  await expect.poll(() => client.exists('laurel:epoch'), { timeout: 5_000 }).toBe(1);
  await client.flushall();
  await expect.poll(copies, { timeout: 5_000, interval: 50 }).toBe(1);
}, 30_000);

test('what a process committed before it was killed is mirrored by another within 5 s', async () => {
  const redis = await startOwnRedis();
  onTestFinished(() => redis.stop());
  const databaseUrl = await cloneDatabase();
  const env = { DATABASE_URL: databaseUrl, REDIS_URL: redis.url };
  const [dying, living] = await Promise.all([spawnServer(env), spawnServer(env)]);
  onTestFinished(async () => {
    expect(await living.end()).toEqual({ code: 0, signal: null });
  });
  const { slug } = await createBoard({ url: living.url, tokenFor }, { operator: 'LATEST' });
  const players = await Promise.all(Array.from({ length: 12 }, () => signIn(living)));
  let answered = 0;
  await Promise.all(
    players.map(async ({ token }) => {
      for (let round = 1; ; round += 1) {
        const input = { game: 'g', leaderboard: slug, score: round, idempotencyKey: `play ${round}` };
        try {
          await send(dying.url, SubmitScore, { input }, token);
        } catch {
          return;
        }
        answered += 1;
        // In the middle of the load: some batches have been committed and not been mirrored.
        if (answered === 200) dying.process.kill('SIGKILL');
      }
    }),
  );
  const admin = await tokenFor('admin', 'admin');
  const report = async () => (await send(living.url, DriftReport, { game: 'g', slug }, admin)).data.driftReport;
  await expect
    .poll(report, { timeout: 5_000, interval: 100 })
    .toEqual([expect.objectContaining({ state: 'COMPARED', entries: 12, differences: [] })]);
  const database = await openDatabase({ databaseUrl });
  await expect.poll(() => countMirrorOutbox(database), { timeout: 5_000 }).toBe(0);
  await database.close();
}, 60_000);
