import { once } from 'node:events';
import { connect } from 'node:net';
import { createClient } from 'graphql-sse';
import postgres from 'postgres';
import { expect, onTestFinished, test } from 'vitest';
import type { LeaderboardChangedSubscription } from '../generated/graphql.ts';
import { send } from '../setup/app.ts';
import { cloneDatabase } from '../setup/database.ts';
import { Board, createBoard, signIn, SubmitScore } from '../setup/documents.ts';
import { openStream } from '../setup/eventStream.ts';
import { exchange } from '../setup/http.ts';
import { submitTo } from '../setup/live.ts';
import { LeaderboardChanged } from '../setup/liveDocuments.ts';
import { spawnServer } from '../setup/serverUnderTest.ts';
import { tokenFor } from '../setup/tokens.ts';

async function started() {
  const databaseUrl = await cloneDatabase();
  const server = await spawnServer({ DATABASE_URL: databaseUrl });
  onTestFinished(async () => {
    await server.end('SIGKILL');
  });
  const board = await createBoard({ url: server.url, tokenFor });
  return { server, databaseUrl, ...board };
}

test('a stop ends streams without `complete`, with a moment to come back at', async () => {
  const { server, game, slug } = await started();
  const open = () => openStream(server.url, LeaderboardChanged, { game, slug });
  const streams = await Promise.all(Array.from({ length: 8 }, open));
  for (const stream of streams) await expect.poll(() => stream.heard.length).toBe(1);
  const startedAt = performance.now();
  expect(await server.end('SIGTERM')).toEqual({ code: 0, signal: null });
  expect(performance.now() - startedAt).toBeLessThan(3_000);
  for (const stream of streams) {
    await expect.poll(stream.isEnded).toBe(true);
    expect(stream.lines.filter((line) => line !== ':')).toEqual(['retry', 'next', 'retry']);
  }
  const waits = streams.map(({ retryMs }) => retryMs() ?? 0);
  expect(Math.min(...waits)).toBeGreaterThanOrEqual(1_000);
  expect(Math.max(...waits)).toBeLessThanOrEqual(5_000);
  expect(new Set(waits).size).toBeGreaterThan(1);
});

test('clients of graphql-sse come back from an instance that stops to another, and miss nothing', async () => {
  const { server, databaseUrl, game, slug } = await started();
  const other = await spawnServer({ DATABASE_URL: databaseUrl });
  onTestFinished(async () => {
    await other.end('SIGKILL');
  });
  const player = await signIn(other);
  const urls = [server.url, other.url];
  const client = createClient({
    url: () => `${urls[0]}/graphql`,
    retry: () => {
      urls.shift();
      return Promise.resolve();
    },
  });
  onTestFinished(() => client.dispose());
  const scores: (number | undefined)[] = [];
  let ended: unknown = null;
  client.subscribe<LeaderboardChangedSubscription>(
    { query: LeaderboardChanged.toString(), variables: { game, slug } },
    {
      next: ({ data }) => scores.push(data?.leaderboardChanged.standings[0]?.score),
      error: (error) => (ended = error),
      complete: () => (ended = 'complete'),
    },
  );
  await expect.poll(() => scores).toEqual([undefined]);
  expect(await server.end('SIGTERM')).toEqual({ code: 0, signal: null });
  await expect.poll(() => scores).toEqual([undefined, undefined]);
  await submitTo(other.url, slug, player, 7);
  await expect.poll(() => scores.at(-1)).toBe(7);
  expect(ended).toBeNull();
});

test('a stop answers the mutations that are under way, takes no new ones, and is quick', async () => {
  const { server, databaseUrl, game, slug } = await started();
  const players = await Promise.all(Array.from({ length: 20 }, () => signIn(server)));
  const sql = postgres(databaseUrl, { max: 2, onnotice: () => {} });
  onTestFinished(() => sql.end());
  const submit = ({ token }: { token: string }, score: number) =>
    send(server.url, SubmitScore, { input: { game, leaderboard: slug, score, idempotencyKey: 'k' } }, token);

  let answers: ReturnType<typeof submit>[] = [];
  // Holds the submissions up until the server has begun to stop.
  await sql.begin(async (tx) => {
    await tx`lock table players in access exclusive mode`;
    answers = players.map(submit);
    await expect.poll(() => waiting(sql), { interval: 10 }).toBeGreaterThan(0);
    server.process.kill('SIGTERM');
    await expect.poll(server.output, { interval: 10 }).toContain('"stopping"');
  });
  const startedAt = performance.now();
  expect((await Promise.all(answers)).map(({ status, data }) => [status, data.submitScore.__typename])).toEqual(
    players.map(() => [200, 'Submission']),
  );
  await expect(exchange(server.url, 'GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n')).resolves.toBe('');
  expect(await server.end('SIGCONT')).toEqual({ code: 0, signal: null });
  expect(performance.now() - startedAt).toBeLessThan(3_000);

  const again = await spawnServer({ DATABASE_URL: databaseUrl });
  const { data } = await send(again.url, Board, { game, slug });
  expect(data.leaderboard?.standings.totalCount).toBe(players.length);
  expect(await again.end()).toEqual({ code: 0, signal: null });
});

test('a connection that never asked anything does not delay the stop', async () => {
  const { server } = await started();
  const { hostname, port } = new URL(server.url);
  const socket = connect(Number(port), hostname).on('error', () => {});
  await once(socket, 'connect');
  // Answered after that connection was accepted.
  await fetch(`${server.url}/healthz`);
  const startedAt = performance.now();
  expect(await server.end('SIGTERM')).toEqual({ code: 0, signal: null });
  expect(performance.now() - startedAt).toBeLessThan(1_000);
});

const refused = {
  'what comes on an open connection is told to come again': {
    more: '',
    answer: /^HTTP\/1.1 503 [^]*Retry-After: 1\r\n/i,
  },
  'an EventSource that comes back is not lost': {
    more: 'Accept: text/event-stream\r\nLast-Event-ID: 1\r\n',
    answer: /^HTTP\/1.1 200 [^]*\n: 503\nretry: \d{4,5}\n\n/i,
  },
};

test.for(Object.entries(refused))(
  'while the server stops, %s, and the connection closes',
  async ([, { more, answer: expected }]) => {
    const { server, databaseUrl, game, slug } = await started();
    const { token } = await signIn(server);
    const sql = postgres(databaseUrl, { max: 2, onnotice: () => {} });
    onTestFinished(() => sql.end());
    const input = { game, leaderboard: slug, score: 1, idempotencyKey: 'k' };
    const body = JSON.stringify({ query: SubmitScore.toString(), variables: { input } });
    const request = `POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nAuthorization: Bearer ${token}\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
    const late = `GET /graphql?query={__typename} HTTP/1.1\r\nHost: x\r\n${more}\r\n`;
    const { hostname, port } = new URL(server.url);
    const socket = connect(Number(port), hostname).setEncoding('utf8');
    // Headers of a request that has begun before the stop and ends after it.
    socket.write(late.slice(0, 40));
    let under: Promise<string> | undefined;
    await sql.begin(async (tx) => {
      await tx`lock table players in access exclusive mode`;
      under = exchange(server.url, request);
      await expect.poll(() => waiting(sql), { interval: 10 }).toBeGreaterThan(0);
      server.process.kill('SIGTERM');
      await expect.poll(server.output, { interval: 10 }).toContain('"stopping"');
      let answer = '';
      socket.on('data', (chunk) => (answer += String(chunk)));
      const closed = once(socket, 'close');
      socket.write(late.slice(40));
      await closed;
      expect(answer).toMatch(expected);
      expect(answer).toMatch(/\r\nConnection: close\r\n/i);
    });
    expect(await under).toMatch(/^HTTP\/1.1 200 [^]*Connection: close\r\n/i);
    expect(await server.end('SIGCONT')).toEqual({ code: 0, signal: null });
  },
);

/** How many statements wait for a lock in the database of this client. */
async function waiting(sql: postgres.Sql): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    select count(*)::int as count from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`;
  return row?.count ?? 0;
}
