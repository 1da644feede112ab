import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { pino } from 'pino';
import { expect, vi } from 'vitest';
import { insertGame } from '../../src/db/leaderboards/games.ts';
import { insertLeaderboard } from '../../src/db/leaderboards/leaderboards.ts';
import { type Database, openDatabase } from '../../src/db/open.ts';
import { players } from '../../src/db/players/tables.ts';
import type { Leaderboard } from '../../src/domain/leaderboards/leaderboard.ts';
import { type EntryValue, orderKeyOf } from '../../src/domain/leaderboards/standingOrder.ts';
import type { StandingsReader } from '../../src/mirror/standingsReader.ts';
import { type Mirroring, openStandings } from '../../src/mirror/openStandings.ts';
import { createSubmitter, type Submitter } from '../../src/leaderboards/submit.ts';
import { openRedis, type RedisConnection } from '../../src/redis/connection.ts';
import { createLocalTopics } from '../../src/domain/topics.ts';
import { cloneDatabase } from './database.ts';

export type BoardStore = {
  database: Database;
  databaseUrl: string;
  redis: RedisConnection | null;
  mirroring: Mirroring | null;
  submitter: Submitter;
  reader: StandingsReader;
  newBoard(board?: Partial<Leaderboard>): Promise<Leaderboard>;
  newPlayers(count: number): Promise<string[]>;
  /** Resolves when ranks of the board are read from where they are kept: a slow Redis may have to catch up first. */
  settled(leaderboardId: string): Promise<void>;
  close(): Promise<void>;
};

const log = pino({ level: 'silent' });
/** Where no real Redis is to be had, its substitute takes long over scripts; what a deadline does is tested elsewhere. */
const DEADLINE_MS = 10_000;

/** The core without its front door, on a database of its own: on PostgreSQL alone, or with ranks in Redis. */
export async function openBoardStore(options: { redisUrl?: string } = {}): Promise<BoardStore> {
  const databaseUrl = await cloneDatabase();
  const database = await openDatabase({ databaseUrl });
  const redis = options.redisUrl ? openRedis(options.redisUrl, log, { deadlineMs: DEADLINE_MS }) : null;
  if (redis) await once(redis.commands, 'ready');
  const { reader, committed, countRanks, mirroring } = openStandings({
    database,
    redis,
    topics: createLocalTopics(),
    log,
  });
  const submitter = createSubmitter(database, committed, { countRanks });
  return {
    database,
    databaseUrl,
    redis,
    mirroring,
    submitter,
    reader,
    settled: async (leaderboardId) => {
      if (!mirroring) return;
      const isFollowing = async () => {
        await mirroring.mirror.drained();
        await mirroring.keeper.check();
        await mirroring.keeper.drained();
        return (await reader.top(leaderboardId, 'ALL_TIME', 1)).source;
      };
      await vi.waitFor(async () => expect(await isFollowing()).toBe('redis'), { timeout: 10_000, interval: 20 });
    },
    close: async () => {
      await submitter.drained();
      await mirroring?.mirror.drained();
      await mirroring?.keeper.drained();
      redis?.close();
      await database.close();
    },
    newBoard: async (board = {}) => {
      const slug = `board-${randomUUID()}`;
      const game = await insertGame(database, { slug, name: 'Game' });
      const created = await insertLeaderboard(database, {
        slug,
        name: 'Board',
        sortOrder: 'DESCENDING',
        operator: 'BEST',
        cadences: ['ALL_TIME'],
        minScore: null,
        maxScore: null,
        graceS: 0,
        ...board,
        gameId: game?.id ?? '',
      });
      if (!created) throw new Error('the board was not created');
      return created;
    },
    newPlayers: async (count) => {
      const rows = await database.orm
        .insert(players)
        .values(Array.from({ length: count }, (_, index) => ({ nickname: `Player ${index}` })))
        .returning({ id: players.id });
      return rows.map(({ id }) => id);
    },
  };
}

export type NaiveRow = EntryValue & {
  playerId: string;
  score: number;
  ordinal: number;
  competition: number;
  dense: number;
  percentile: number;
};

/** A board worked out the slow and obvious way. */
export function rankNaively(
  entries: { playerId: string; score: number; reachedSeq: number }[],
  sortOrder: Leaderboard['sortOrder'],
): NaiveRow[] {
  const rows = entries.map((entry) => ({ ...entry, orderKey: orderKeyOf(entry.score, sortOrder) }));
  const scores = [...new Set(rows.map((row) => row.score))];
  const isAhead = (a: number, b: number) => (sortOrder === 'DESCENDING' ? a > b : a < b);
  return rows
    .map((row) => ({
      ...row,
      ordinal:
        1 +
        rows.filter((o) => isAhead(o.score, row.score) || (o.score === row.score && o.reachedSeq < row.reachedSeq))
          .length,
      competition: 1 + rows.filter((other) => isAhead(other.score, row.score)).length,
      dense: 1 + scores.filter((score) => isAhead(score, row.score)).length,
      percentile: (rows.filter((other) => !isAhead(other.score, row.score)).length / rows.length) * 100,
    }))
    .toSorted((a, b) => a.ordinal - b.ordinal);
}
