import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { sql } from 'drizzle-orm';
import { createSchema, createYoga } from 'graphql-yoga';
import postgres from 'postgres';
import { expect, onTestFinished, test } from 'vitest';
import type { Context } from '../../src/context.ts';
import { openDatabase } from '../../src/db/open.ts';
import { useDeadline } from '../../src/http/plugins/deadline.ts';
import { useRefusalStatus } from '../../src/http/maskErrors.ts';
import { startTestApp } from '../setup/app.ts';
import { cloneDatabase } from '../setup/database.ts';
import { createBoard, signIn } from '../setup/documents.ts';
import { expectRefusal, post } from '../setup/http.ts';
import { submitTo } from '../setup/live.ts';

type Slow = Pick<Context, 'abandon' | 'abandoned' | 'database'>;

const ROUNDS = 14;

/** Fields that ask the database for 0.9 s, `ROUNDS` times, and say how often they got to it. */
async function serveSlowly() {
  const database = await openDatabase({ databaseUrl: await cloneDatabase() });
  const rounds = { value: 0 };
  const slow = async (_parent: unknown, _input: unknown, { database: asked }: Slow) => {
    for (let round = 0; round < ROUNDS; round += 1) {
      await asked.rows(sql`select pg_sleep(0.9), 'slow'`);
      rounds.value += 1;
    }
    return rounds.value;
  };
  const subscribe = async (...asked: Parameters<typeof slow>) => {
    await slow(...asked);
    return [][Symbol.iterator]();
  };
  const yoga = createYoga<object, Slow>({
    logging: false,
    context: () => {
      const controller = new AbortController();
      return { database, abandoned: controller.signal, abandon: () => controller.abort() };
    },
    plugins: [useDeadline(), useRefusalStatus()],
    schema: createSchema<Slow>({
      typeDefs: 'type Query { slow: Int } type Mutation { slow: Int } type Subscription { slow: Int }',
      resolvers: { Query: { slow }, Mutation: { slow }, Subscription: { slow: { subscribe } } },
    }),
  });
  const server: Server = createServer((request, response) => void yoga(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
    await database.close();
  });
  const active = async () => {
    const [row] = await database.rows<{ count: number }>(sql`
      select count(*) as count from pg_stat_activity
      where datname = current_database() and state = 'active' and query like '%pg_sleep%' and pid <> pg_backend_pid()`);
    return row?.count;
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, rounds, active };
}

test.each(['query', 'subscription'])(
  'a %s that takes too long is told so, and ends in the database',
  async (kind) => {
    const { url, rounds, active } = await serveSlowly();
    const startedAt = performance.now();
    const accept = kind === 'subscription' ? 'text/event-stream' : 'application/json';
    const answer = await post(url, { query: `${kind} { slow }` }, { accept });
    expect(performance.now() - startedAt).toBeGreaterThan(4_900);
    expect(performance.now() - startedAt).toBeLessThan(7_000);
    expect(answer.status).toBe(503);
    expect(answer.text).toContain('"code":"TIMED_OUT"');
    await expect.poll(active, { timeout: 1_000, interval: 10 }).toBe(0);
    expect(rounds.value).toBeLessThanOrEqual(5);
  },
  30_000,
);

test('a mutation that takes too long is told so, and goes on to its end', async () => {
  const { url, rounds } = await serveSlowly();
  expectRefusal(await post(url, { query: 'mutation { slow }' }), 503, 'TIMED_OUT', /may still be done/);
  await expect.poll(() => rounds.value, { timeout: 10_000 }).toBe(ROUNDS);
}, 30_000);

const READS: Record<string, string> = {
  'the top of a board': '{ leaderboard(game: "g", slug: "scores") { standings(first: 5) { totalCount } } }',
  'a deep page': '{ leaderboard(game: "g", slug: "scores") { standings(first: 5, fromRank: 5000) { totalCount } } }',
  'the viewer’s standings': '{ me { standings { rank } } }',
};

test.for(Object.entries(READS))('a client that leaves takes its statements along: %s', async ([, query]) => {
  const app = await startTestApp({ env: { REDIS_URL: '' } });
  onTestFinished(() => app.stop());
  await createBoard(app);
  const player = await signIn(app);
  await submitTo(app.url, 'scores', player, 5);
  const other = postgres(app.env['DATABASE_URL'] ?? '', { max: 2, onnotice: () => {} });
  onTestFinished(() => other.end());
  const waiting = async () => {
    const [row] = await other<{ count: number }[]>`
      select count(*)::int as count from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`;
    return row?.count;
  };
  await other.begin(async (tx) => {
    await tx`lock table entries in access exclusive mode`;
    const { hostname, port } = new URL(app.url);
    const socket = connect(Number(port), hostname).on('error', () => {});
    const body = JSON.stringify({ query });
    socket.write(
      `POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nAuthorization: Bearer ${player.token}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    );
    await expect.poll(waiting, { timeout: 5_000, interval: 5 }).toBeGreaterThan(0);
    const leftAt = performance.now();
    socket.destroy();
    await expect.poll(waiting, { timeout: 5_000, interval: 5 }).toBe(0);
    // A lock is waited for 1 s without that.
    expect(performance.now() - leftAt).toBeLessThan(950);
  });
});
