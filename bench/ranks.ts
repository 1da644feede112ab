import { once } from 'node:events';
import postgres from 'postgres';
import type { Database } from '../src/db/open.ts';
import { readStandings } from '../src/db/leaderboards/readStandings.ts';
import type { PeriodRef } from '../src/domain/leaderboards/periodChange.ts';
import type { StandingsRange } from '../src/domain/leaderboards/standingsPage.ts';
import { compareCopy } from '../src/mirror/compareCopy.ts';
import { rebuildCopy } from '../src/mirror/rebuildCopy.ts';
import { openStandings } from '../src/mirror/openStandings.ts';
import { openRedis, type RedisConnection } from '../src/redis/connection.ts';
import { createCopies } from '../src/redis/copies.ts';
import { createCopyReader } from '../src/redis/copyReader.ts';
import { createLocalTopics } from '../src/domain/topics.ts';
import { alternate } from './alternate.ts';
import type { Bench } from './bench.ts';
import { printTable, shortNumber } from './printTable.ts';
import { seedBoard } from './seed.ts';
import { median, percentile } from './statistics.ts';

const ENTRIES = 1_000_000;
const PAGE_SIZE = 20;
const ASKED = 200;
/** In SQL one takes as long as hundreds in Redis. */
const ASKED_OF_SQL = 8;

const log = { info: () => {}, warn: console.warn, error: console.error };

type Measuring = { database: Database; redis: RedisConnection; rounds: number };
type Subject = { name: string; asked: number; ask(): Promise<unknown> };

/** A board of a million entries: its copy in Redis made and compared, and ranks from Redis and from SQL in turn. */
export async function ranks(bench: Bench): Promise<void> {
  const { database, redisUrl, rounds } = bench;
  const period = await seedMillion(bench);
  const redis = openRedis(redisUrl, log);
  await once(redis.commands, 'ready');
  try {
    await measure({ database, redis, rounds }, period);
  } finally {
    redis.close();
  }
}

async function measure({ database, redis, rounds }: Measuring, period: PeriodRef): Promise<void> {
  const copies = createCopies(redis);
  const inRedis = createCopyReader(redis);
  const rebuilt = await rebuildCopy({ database, copies }, period);
  const startedAt = performance.now();
  const compared = await compareCopy({ database, ranks: inRedis }, period, { isFull: true });
  const comparedS = (performance.now() - startedAt) / 1_000;
  if (!rebuilt || compared.differences.length > 0) throw new Error('the copy is not what it should be');
  console.log(
    `\nA board of ${ENTRIES} entries: copied to Redis in ${shortNumber(rebuilt.durationMs / 1_000)} s, ` +
      `every row compared in ${shortNumber(comparedS)} s`,
  );

  const middle = await inRedis.page(period, { kind: 'fromRank', rank: ENTRIES / 2, limit: 1 });
  const playerId = typeof middle === 'string' ? '' : (middle.rows[0]?.playerId ?? '');
  const store = openStandings({ database, redis, topics: createLocalTopics(), log });
  const query = (range: StandingsRange) => ({ ...period, at: null, range, dense: true });
  const ofPlayer = query({ kind: 'players', playerIds: [playerId] });
  const around = query({ kind: 'around', playerId, limit: PAGE_SIZE });
  await compare('All ranks of the middle player', rounds, [
    { name: 'Redis alone', asked: ASKED, ask: () => inRedis.players(period, [playerId]) },
    { name: 'with the player and the play', asked: ASKED, ask: () => store.reader.page(ofPlayer) },
    { name: 'SQL alone', asked: ASKED_OF_SQL, ask: () => readStandings(database, ofPlayer) },
  ]);
  await compare(`${PAGE_SIZE} rows around the middle player`, rounds, [
    {
      name: 'Redis alone',
      asked: ASKED,
      ask: () => inRedis.page(period, { kind: 'around', playerId, limit: PAGE_SIZE }),
    },
    { name: 'with the players and the plays', asked: ASKED, ask: () => store.reader.page(around) },
    { name: 'SQL alone', asked: ASKED_OF_SQL, ask: () => readStandings(database, around) },
  ]);
  await copies.drop(period);
}

async function compare(title: string, rounds: number, subjects: Subject[]): Promise<void> {
  const results = await alternate<number[]>(
    subjects.map(({ name, asked, ask }) => ({
      name,
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
    rounds,
  );
  const ours = results[0] ?? [];
  printTable(
    `${title}, one question at a time, ${rounds} rounds`,
    ['p50 ms', 'p99 ms', 'takes'],
    subjects.map(({ name }, index) => {
      const own = results[index] ?? [];
      const ratio = median(own.map((round, at) => median(round) / median(ours[at] ?? [])));
      const cells = [percentile(own.flat(), 0.5), percentile(own.flat(), 0.99)].map(shortNumber);
      return [name, ...cells, index === 0 ? '' : `${shortNumber(ratio)} x`];
    }),
  );
}

/**
 * Written as they stand, without a submission each: what is measured is reading. On a connection without deadlines.
 */
async function seedMillion({ database, databaseUrl }: Bench): Promise<PeriodRef> {
  const leaderboardId = await seedBoard(database, 'million', ['ALL_TIME']);
  const sql = postgres(databaseUrl, { max: 1 });
  await sql`
    with period as (
      insert into board_periods (leaderboard_id, cadence, key, revision, size)
      values (${leaderboardId}, 'ALL_TIME', 'ALL', 1, ${ENTRIES}) returning id
    ), made as (
      insert into players (nickname) select 'Player ' || n from generate_series(1, ${ENTRIES}::int) n returning id
    ), logged as (
      insert into submissions
        (player_id, leaderboard_id, score, idempotency_key, payload_hash, submitted_at, outcome, effect)
      select id, ${leaderboardId}, (random() * 10000000)::int, 'seed', '', now(), 'IMPROVED', '{}' from made
      returning seq, player_id, score
    )
    insert into entries (period_id, player_id, order_key, reached_seq, revision)
    select period.id, player_id, -score, seq, 1 from logged, period`;
  await sql`vacuum analyze entries`;
  await sql.end();
  return { leaderboardId, cadence: 'ALL_TIME', periodKey: 'ALL' };
}
