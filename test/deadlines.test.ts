import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { sql } from 'drizzle-orm';
import { getIntrospectionQuery } from 'graphql';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openDatabase } from '../src/db/open.ts';
import { openRedis } from '../src/redis/connection.ts';
import { cloneDatabase } from './setup/database.ts';
import { exchange } from './setup/http.ts';
import { startOwnRedis } from './setup/redis.ts';
import { type ServerUnderTest, spawnServer } from './setup/serverUnderTest.ts';
import { startTcpProxy } from './setup/tcpProxy.ts';
import { tokenFor } from './setup/tokens.ts';

/** The rows of the table that a test elsewhere holds, by its file and title. */
const ELSEWHERE: Record<string, [file: string, title: string]> = {
  'database: a statement with its wait for a connection': [
    'db/until.test.ts',
    'nothing waits for a connection without an end',
  ],
  'HTTP: the headers of a request': ['http/door.test.ts', 'half a header is cut with 408 after ten seconds'],
  'a query or a subscription, until its answer or its stream begins': [
    'http/deadline.test.ts',
    'a %s that takes too long is told so, and ends in the database',
  ],
  'a mutation, until its answer begins': [
    'http/deadline.test.ts',
    'a mutation that takes too long is told so, and goes on to its end',
  ],
  'a stream that does not drain': [
    'http/stalledStreams.test.ts',
    'a client that takes nothing for 30 seconds is cut, within 10 seconds more',
  ],
  'webhooks: one request': ['jobs/postWebhook.test.ts', 'a receiver that hangs is given five seconds'],
  'webhooks: what is under way at the stop': [
    'resolvers/webhooks/webhooks.test.ts',
    'a server that stops in the middle of a delivery stops in time',
  ],
};

const silent = pino({ level: 'silent' });

let databaseUrl: string;
let server: ServerUnderTest;
let hole: Hole;
beforeAll(async () => {
  databaseUrl = await cloneDatabase();
  hole = await openHole();
  server = await spawnServer({ DATABASE_URL: databaseUrl });
});
afterAll(async () => {
  await server.end('SIGKILL');
  hole.close();
});

type Hole = { port: number; close(): void };

/** Takes connections and says nothing. */
async function openHole(): Promise<Hole> {
  const sockets = new Set<Socket>();
  const listening = createServer((socket) => sockets.add(socket.on('error', () => {})));
  listening.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  return {
    port: (listening.address() as AddressInfo).port,
    close: () => {
      for (const socket of sockets) socket.destroy();
      listening.close();
    },
  };
}

type Row = {
  ms: number;
  /** Less than `ms` where that is the latest moment. */
  earliestMs?: number;
  /** What is returned ends when the deadline has passed, and soon after. */
  prepare(): Promise<() => Promise<unknown>>;
  ends?: unknown;
};

const HEAD = 'POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n';
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: { code?: string }) => error.code ?? error,
  );

const HERE: Record<string, Row> = {
  'database: connecting': {
    ms: 2_000,
    prepare: async () => () =>
      openDatabase({ databaseUrl: `postgres://nobody@127.0.0.1:${hole.port}/none`, poolSize: 2 }),
  },
  'database: a lock': {
    ms: 1_000,
    prepare: async () => {
      const [holder, other] = await Promise.all([openDatabase({ databaseUrl }), openDatabase({ databaseUrl })]);
      return () =>
        holder.transaction(async (tx) => {
          await tx.rows(sql`lock table games`);
          return codeOf(other.transaction((mine) => mine.rows(sql`lock table games`)));
        });
    },
    ends: '55P03',
  },
  'database: a statement': {
    ms: 2_000,
    prepare: async () => {
      const database = await openDatabase({ databaseUrl, poolSize: 1 });
      return () => codeOf(database.rows(sql`select pg_sleep(20)`));
    },
    ends: '57014',
  },
  'database: a connection that leaves a question unanswered': {
    ms: 3_000,
    prepare: async () => {
      const proxy = await startTcpProxy(databaseUrl);
      const database = await openDatabase({ databaseUrl: proxy.url, poolSize: 1 });
      proxy.stall();
      return () => codeOf(database.rows(sql`select 1`));
    },
    ends: 'ETIMEDOUT',
  },
  'Redis: connecting': {
    ms: 1_000,
    prepare: async () => {
      // The hole takes the connection; its handshake never ends.
      const redis = openRedis(`rediss://127.0.0.1:${hole.port}`, silent);
      return async () => {
        const end = await once(redis.commands, 'ready').catch((error: { code?: string }) => error.code);
        redis.close();
        return end;
      };
    },
    ends: 'ETIMEDOUT',
  },
  'Redis: a command': {
    ms: 300,
    prepare: async () => {
      const own = await startOwnRedis();
      const redis = openRedis(own.url, silent);
      await once(redis.commands, 'ready');
      process.kill(own.pid, 'SIGSTOP');
      return async () => {
        const end = await redis.run((commands) => commands.get('k')).catch((error: Error) => error.message);
        process.kill(own.pid, 'SIGCONT');
        redis.close();
        await own.stop();
        return end;
      };
    },
    ends: 'Redis does not answer',
  },
  'HTTP: a whole request': {
    ms: 30_000,
    prepare: async () => () => exchange(server.url, `${HEAD}Content-Length: 100\r\n\r\nhalf`),
    ends: expect.stringMatching(/^HTTP\/1\.1 408 /),
  },
  'HTTP: a body that is too large': {
    ms: 500,
    prepare: async () => () => exchange(server.url, `${HEAD}Content-Length: 1000000\r\n\r\n`),
    ends: expect.stringMatching(/^HTTP\/1\.1 413 /),
  },
  'an answer of which no byte is taken': {
    ms: 30_000,
    earliestMs: 14_000,
    prepare: async () => {
      const path = `/graphql?query=${encodeURIComponent(getIntrospectionQuery())}`;
      const asked = `GET ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${await tokenFor('admin', 'admin')}\r\n\r\n`;
      return async () => {
        const socket = open(server.url);
        // More than the system takes into its own buffers.
        socket.write(asked.repeat(60));
        await vi.waitUntil(() => server.output().includes('did not read its'), { timeout: 40_000 });
        socket.destroy();
      };
    },
  },
  stop: {
    ms: 10_000,
    prepare: async () => {
      const stopping = await spawnServer({ DATABASE_URL: databaseUrl });
      open(stopping.url).write(`${HEAD}Content-Length: 100\r\n\r\nhalf`);
      await fetch(`${stopping.url}/healthz`);
      return () => stopping.end('SIGTERM');
    },
    ends: { code: 0, signal: null },
  },
};

function open(url: string): Socket {
  const { hostname, port } = new URL(url);
  return connect(Number(port), hostname).on('error', () => {});
}

test.concurrent.each(Object.entries(HERE))(
  'the deadline of the row “%s” is kept',
  async (_row, { ms, earliestMs = ms, prepare, ends = expect.anything() }) => {
    const work = await prepare();
    const startedAt = performance.now();
    const end = await work();
    const took = performance.now() - startedAt;
    expect(end ?? 'over').toEqual(ends);
    expect(took).toBeGreaterThan(earliestMs * 0.9);
    expect(took).toBeLessThan(ms * 1.2 + 2_500);
  },
  60_000,
);

test('the table of deadlines has a test for each of its rows', () => {
  const page = readFileSync(new URL('../docs/architecture.md', import.meta.url), 'utf8');
  const [, table = ''] = /\n## Waits\n(.*?)\n\n[^|\n]/s.exec(page) ?? [];
  const rows = [...table.matchAll(/^\| ([^|]+) \| /gm)]
    .map(([, name]) => name)
    .filter((name) => !/^(what|---)$/.test(name ?? ''));
  expect(new Set(rows)).toEqual(new Set([...Object.keys(HERE), ...Object.keys(ELSEWHERE)]));
  for (const [file, title] of Object.values(ELSEWHERE)) {
    expect(readFileSync(new URL(file, import.meta.url), 'utf8')).toContain(title);
  }
});
