import { once } from 'node:events';
import { readStandings } from '../../src/db/leaderboards/readStandings.ts';
import type { PeriodRef } from '../../src/domain/leaderboards/periodChange.ts';
import type { StandingsRange } from '../../src/domain/leaderboards/standingsPage.ts';
import { createLocalTopics } from '../../src/domain/topics.ts';
import { compareCopy } from '../../src/mirror/compareCopy.ts';
import { rebuildCopy } from '../../src/mirror/rebuildCopy.ts';
import { openStandings } from '../../src/mirror/openStandings.ts';
import { openRedis, type RedisConnection } from '../../src/redis/connection.ts';
import { createCopies } from '../../src/redis/copies.ts';
import { createCopyReader } from '../../src/redis/copyReader.ts';
import type { Bench } from '../bench.ts';
import { alternate } from '../load/alternate.ts';
import { median, percentile } from '../load/statistics.ts';
import { type Finding, type Group, rowsOf } from '../report/finding.ts';
import { seedBoard, writeEntries } from '../stores/seed.ts';

const ENTRIES = { quick: 10_000, full: 1_000_000 };
const PAGE_SIZE = 20;
const ASKED = 200;
/** In SQL one takes as long as hundreds in Redis. */
const ASKED_OF_SQL = 8;
const CONNECT_DEADLINE_MS = 3_000;

const log = { info: () => {}, warn: console.warn, error: console.error };

type Subject = { name: string; asked: number; ask(): Promise<unknown> };

/** A large board: its copy in Redis made and compared, and all ranks, dense ones too, from Redis and from SQL in turn. */
export async function ranks(bench: Bench): Promise<Finding[]> {
  const { database, databaseUrl, redisUrl, effort } = bench;
  const entries = effort.isQuick ? ENTRIES.quick : ENTRIES.full;
  const leaderboardId = await seedBoard(database, 'ranks', ['ALL_TIME']);
  await writeEntries(databaseUrl, [leaderboardId], entries);
  const redis = openRedis(redisUrl, log);
  bench.closing(() => redis.close());
  await once(redis.commands, 'ready', { signal: AbortSignal.timeout(CONNECT_DEADLINE_MS) });
  const period: PeriodRef = { leaderboardId, cadence: 'ALL_TIME', periodKey: 'ALL' };
  const { copyS, compareS } = await copyAndCompare(bench, redis, period);
  return [
    {
      kind: 'comparison',
      name: 'ranks',
      title: `All ranks on a board of ${entries} entries`,
      about:
        'One question at a time, dense ranks included, about the player in the middle. Reading with the players and the ' +
        `plays is what Laurel does. The copy in Redis was made in ${copyS} s, and every row of it compared in ${compareS} s.`,
      unit: 'ms',
      better: 'less',
      groups: await measure(bench, { redis, entries, period }),
    },
  ];
}

async function copyAndCompare({ database }: Bench, redis: RedisConnection, period: PeriodRef) {
  const rebuilt = await rebuildCopy({ database, copies: createCopies(redis) }, period);
  const startedAt = performance.now();
  const ofCopy = { database, copyReader: createCopyReader(redis) };
  const compared = await compareCopy(ofCopy, period, { isFull: true });
  const compareS = ((performance.now() - startedAt) / 1_000).toFixed(1);
  if (!rebuilt || compared.differences.length > 0) throw new Error('the copy is not what it should be');
  return { copyS: (rebuilt.durationMs / 1_000).toFixed(1), compareS };
}

async function measure(
  bench: Bench,
  { redis, entries, period }: { redis: RedisConnection; entries: number; period: PeriodRef },
): Promise<Group[]> {
  const { database } = bench;
  const copyReader = createCopyReader(redis);
  const middle = await copyReader.page(period, { kind: 'fromRank', rank: entries / 2, limit: 1 });
  const playerId = typeof middle === 'string' ? '' : (middle.rows[0]?.playerId ?? '');
  const store = openStandings({ database, redis, topics: createLocalTopics(), log });
  const query = (range: StandingsRange) => ({ ...period, at: null, range, dense: true });
  const ofPlayer = query({ kind: 'players', playerIds: [playerId] });
  const around = query({ kind: 'around', playerId, limit: PAGE_SIZE });
  return [
    await compare('one player', bench, [
      { name: 'Laurel: with players and plays', asked: ASKED, ask: () => store.reader.page(ofPlayer) },
      { name: 'Redis alone', asked: ASKED, ask: () => copyReader.players(period, [playerId]) },
      { name: 'SQL alone', asked: ASKED_OF_SQL, ask: () => readStandings(database, ofPlayer) },
    ]),
    await compare(`${PAGE_SIZE} rows around`, bench, [
      { name: 'Laurel: with players and plays', asked: ASKED, ask: () => store.reader.page(around) },
      {
        name: 'Redis alone',
        asked: ASKED,
        ask: () => copyReader.page(period, { kind: 'around', playerId, limit: PAGE_SIZE }),
      },
      { name: 'SQL alone', asked: ASKED_OF_SQL, ask: () => readStandings(database, around) },
    ]),
  ];
}

async function compare(name: string, bench: Bench, subjects: [Subject, ...Subject[]]): Promise<Group> {
  const results = await alternate<number[]>(
    subjects.map(({ name: subject, asked, ask }) => ({
      name: subject,
      measure: async ({ warmUp }) => {
        const timesMs: number[] = [];
        for (let count = 0; count < (warmUp ? 2 : asked); count += 1) {
          const startedAt = performance.now();
          await ask();
          timesMs.push(performance.now() - startedAt);
        }
        return timesMs;
      },
    })),
    bench,
  );
  const figuresOf = (subject: Subject, index: number) => {
    const own = results[index] ?? [];
    return { name: subject.name, rounds: own.map(median), more: { 'p99 ms': percentile(own.flat(), 0.99) } };
  };
  const [ours, ...others] = subjects;
  return { name, rows: rowsOf([figuresOf(ours, 0), ...others.map((one, at) => figuresOf(one, at + 1))]), aim: null };
}
