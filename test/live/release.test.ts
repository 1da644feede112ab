import { existsSync, readFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, closed, leaveAt } from '../setup/bareSocket.ts';
import { cloneDatabase } from '../setup/database.ts';
import { type Crowd, gatherCrowd } from '../setup/crowd.ts';
import { expectNoStreams, expectToFollow, listen, nextAfter, streamsOf } from '../setup/live.ts';
import { LeaderboardChanged } from '../setup/liveDocuments.ts';
import { type ServerUnderTest, spawnServer } from '../setup/serverUnderTest.ts';

let server: ServerUnderTest;
let crowd: Crowd;
beforeAll(async () => {
  const env = { DATABASE_URL: await cloneDatabase(), BODY_BYTES_MAX: '1000000', STREAM_LIMITS: 'address=200' };
  server = await spawnServer(env);
  crowd = await gatherCrowd(server.url, 'crowd', 100);
  await crowd.submit();
});
afterAll(() => server.end());

/** About 120 KB an event. */
const WHOLE_TOP = `subscription { leaderboardChanged(game: "g", slug: "crowd", top: 100) {
  revision standings { rank score reachedAt metadata player { id nickname } }
} }`;

/** Starts to read a stream and collects the revisions that it tells. */
function revisionsOf(socket: Socket): number[] {
  const revisions: number[] = [];
  let text = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => {
    const blocks = (text + chunk).split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const [, revision] = /"revision":(\d+)/.exec(block) ?? [];
      if (revision) revisions.push(Number(revision));
    }
  });
  socket.resume();
  return revisions;
}

/** What the server takes of the memory; always the same where the system does not tell. */
function residentBytes(): number {
  const path = `/proc/${server.pid}/status`;
  if (!existsSync(path)) return 0;
  return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(path, 'utf8'))?.[1]) * 1_024;
}

test('a thousand clients that come and go leave nothing behind, and others go on hearing', async () => {
  const other = listen(server.url, LeaderboardChanged, { game: 'g', slug: 'crowd', top: 3 });
  await nextAfter(other, 0);
  for (let batch = 0; batch < 10; batch += 1) {
    await Promise.all(Array.from({ length: 100 }, (_, turn) => leaveAt(ask(server.url, WHOLE_TOP), batch + turn)));
    const before = other.heard.length;
    await crowd.submit();
    await nextAfter(other, before);
  }
  await expect.poll(() => streamsOf(server.url), { timeout: 10_000 }).toBe(1);
  expectToFollow(other.heard.map(({ leaderboardChanged }) => leaderboardChanged));
  expect(other.ended()).toBeNull();
  other.leave();
  await expectNoStreams(server.url);
}, 60_000);

test('clients that never read cost little, do not hold up others, and are let go when they close', async () => {
  const other = listen(server.url, LeaderboardChanged, { game: 'g', slug: 'crowd', top: 10 });
  await nextAfter(other, 0);
  const deaf = Array.from({ length: 40 }, () => ask(server.url, WHOLE_TOP).pause());
  await expect.poll(() => streamsOf(server.url), { timeout: 10_000 }).toBe(41);
  const change = async (times: number) => {
    for (let turn = 0; turn < times; turn += 1) await crowd.submit();
  };
  await change(100);
  const before = residentBytes();
  const heardBefore = other.heard.length;
  await change(400);
  expect(residentBytes() - before).toBeLessThan(200 * 1_024 * 1_024);

  expect(server.process.exitCode).toBeNull();
  expect(other.heard.length - heardBefore).toBeGreaterThan(30);
  const revision = () => other.heard.at(-1)?.leaderboardChanged.revision ?? 0;
  const last = revision();
  await change(1);
  await expect.poll(revision).toBeGreaterThan(last);
  expectToFollow(other.heard.map(({ leaderboardChanged }) => leaderboardChanged));

  const [woken] = deaf;
  const events = revisionsOf(woken as Socket);
  // What its socket had taken already, and then the last state at once: nothing was queued for it.
  await expect.poll(() => revision() - (events.at(-1) ?? 0), { timeout: 10_000 }).toBe(0);
  expect(events.length).toBeLessThan(other.heard.length * 0.75);

  const gone = deaf.map(closed);
  for (const socket of deaf) socket.destroy();
  await Promise.all(gone);
  await expect.poll(() => streamsOf(server.url), { timeout: 10_000 }).toBe(1);
  other.leave();
  await expectNoStreams(server.url);
}, 120_000);
