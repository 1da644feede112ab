import { once } from 'node:events';
import { rebuildCopy } from '../../src/mirror/rebuildCopy.ts';
import { openRedis } from '../../src/redis/connection.ts';
import { createCopies } from '../../src/redis/copies.ts';
import type { Bench } from '../bench.ts';
import { alternate } from '../load/alternate.ts';
import { applyLoad, type Asking } from '../load/applyLoad.ts';
import { gather } from '../load/crowd.ts';
import { median } from '../load/statistics.ts';
import type { Finding, Growth, Line } from '../report/finding.ts';
import { pickPlayers, type Player, seedBoard, signIn, writeEntries } from '../stores/seed.ts';
import { firstPlaces, streamOf, timeChanges } from '../work/changes.ts';
import { around, page, rank } from '../work/reads.ts';
import { submitScore } from '../work/submissions.ts';

const ENTRIES = { quick: [100, 1_000], full: [1_000, 10_000, 100_000, 1_000_000] };
const BOARDS = { quick: [1, 4], full: [1, 10, 50, 200] };
const ENTRIES_OF_EACH = 1_000;
const PLAYERS = 500;
const CONNECTIONS = 16;
/** In all, shared among the boards. */
const STREAMS = 200;
const CHANGES = { quick: { count: 2, seconds: 1 }, full: { count: 8, seconds: 4 } };
const CONNECT_DEADLINE_MS = 3_000;
const SILENT = { info: () => {}, warn: () => {}, error: () => {} };

/** One size: which boards are in use, and who asks. */
type Case = { size: number; boards: [string, ...string[]]; entries: number; players: Player[] };

/** What a submission, a rank, a page, a look around and a change cost as boards grow, and as more of them are in use. */
export async function growth(bench: Bench): Promise<Finding[]> {
  const { isQuick } = bench.effort;
  const byEntries = await prepareEntries(bench, isQuick ? ENTRIES.quick : ENTRIES.full);
  const byBoards = await prepareBoards(bench, isQuick ? BOARDS.quick : BOARDS.full);
  const { url } = await bench.startLaurel();
  const about =
    `The time for one, with ${CONNECTIONS} connections that ask without a pause; reads are worked out anew each time, not ` +
    `answered from memory. Fan-out: from asking for a change until the last of ${STREAMS} streams has it`;
  return [
    {
      ...(await measure(bench, url, byEntries)),
      name: 'growth-entries',
      title: 'Cost by the size of the board',
      of: 'entries of the board',
      about: `${about}.`,
    },
    {
      ...(await measure(bench, url, byBoards)),
      name: 'growth-boards',
      title: 'Cost by the number of boards in use at once',
      of: 'boards',
      about: `${about}, where all boards change at once, divided by their number. ${ENTRIES_OF_EACH} entries each.`,
    },
  ];
}

async function prepareEntries(bench: Bench, sizes: number[]): Promise<Case[]> {
  const cases: Case[] = [];
  for (const size of sizes) {
    const slug = `entries-${size}`;
    const [id = ''] = await makeBoards(bench, [slug], size);
    cases.push({ size, boards: [slug], entries: size, players: await playersOf(bench, id) });
  }
  return cases;
}

async function prepareBoards(bench: Bench, sizes: number[]): Promise<Case[]> {
  const slugs = Array.from({ length: Math.max(...sizes) }, (_, index) => `board-${index}`);
  const [id = ''] = await makeBoards(bench, slugs, ENTRIES_OF_EACH);
  const players = await playersOf(bench, id);
  return sizes.map((size) => {
    const [first = '', ...others] = slugs.slice(0, size);
    return { size, boards: [first, ...others], entries: ENTRIES_OF_EACH, players };
  });
}

/** With copies in Redis, as boards in use have. */
async function makeBoards({ database, databaseUrl, redisUrl }: Bench, slugs: string[], entries: number) {
  const ids: string[] = [];
  for (const slug of slugs) ids.push(await seedBoard(database, slug, ['ALL_TIME']));
  await writeEntries(databaseUrl, ids, entries);
  const redis = openRedis(redisUrl, SILENT);
  try {
    await once(redis.commands, 'ready', { signal: AbortSignal.timeout(CONNECT_DEADLINE_MS) });
    const copies = createCopies(redis);
    for (const leaderboardId of ids) {
      await rebuildCopy({ database, copies }, { leaderboardId, cadence: 'ALL_TIME', periodKey: 'ALL' });
    }
  } finally {
    redis.close();
  }
  return ids;
}

async function playersOf({ databaseUrl, tokens }: Bench, boardId: string): Promise<Player[]> {
  return signIn(tokens, await pickPlayers(databaseUrl, boardId, PLAYERS));
}

async function measure(
  bench: Bench,
  url: string,
  cases: Case[],
): Promise<Pick<Growth, 'kind' | 'lines' | 'sizes' | 'unit'>> {
  const costs: [name: string, asking: (one: Case) => Asking][] = [
    ['submit', submitScore],
    ['rank', rank],
    ['page', page],
    ['around', (one) => around({ ...one, isAnew: true })],
  ];
  const lines: Line[] = [];
  for (const [name, asking] of costs) lines.push(await costOf(bench, { url, cases, name, asking }));
  lines.push(await fanOut(bench, url, cases));
  return { kind: 'growth', unit: 'ms', sizes: cases.map(({ size }) => size), lines };
}

async function costOf(
  bench: Bench,
  { url, cases, name, asking }: { url: string; cases: Case[]; name: string; asking: (one: Case) => Asking },
): Promise<Line> {
  const { seconds } = bench.effort;
  const results = await alternate(
    cases.map((one) => {
      const load = { url, connections: CONNECTIONS, ...asking(one) };
      return {
        name: String(one.size),
        measure: async ({ warmUp }) =>
          1_000 / (await applyLoad({ ...load, seconds: warmUp ? Math.min(1, seconds) : seconds })).perSecond,
      };
    }),
    bench,
  );
  return lineOf(name, results);
}

async function fanOut(bench: Bench, url: string, cases: Case[]): Promise<Line> {
  const watched = await Promise.all(
    cases.map(async ({ boards, players }) => {
      const each = Math.max(1, Math.floor(STREAMS / boards.length));
      return Promise.all(
        boards.map(async (slug, index) => {
          const crowd = await gather(streamOf(url, slug), each);
          bench.closing(crowd.leave);
          // Somebody else on each board, so that changes made at once do not wait for the lock of one player.
          const own = players.filter((_, at) => at % boards.length === index);
          return { crowd, change: firstPlaces({ url, slug, players: own }) };
        }),
      );
    }),
  );
  const changes = bench.effort.isQuick ? CHANGES.quick : CHANGES.full;
  const results = await alternate(
    watched.map((boards, index) => ({
      name: String(cases[index]?.size),
      measure: async ({ warmUp }) =>
        median(await timeChanges(boards, warmUp ? CHANGES.quick : changes)) / boards.length,
    })),
    bench,
  );
  for (const { crowd } of watched.flat()) crowd.leave();
  return lineOf('fan-out', results);
}

function lineOf(name: string, rounds: number[][]): Line {
  return { name, values: rounds.map(median), rounds };
}
