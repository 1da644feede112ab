import type { Lane } from '../async/lane.ts';
import type { Log } from '../log.ts';
import type { Database } from '../db/open.ts';
import type { SavedBatch } from '../db/submissions/saveSubmissions.ts';
import type { StandingsPage } from '../domain/leaderboards/standingsPage.ts';
import type { RedisConnection } from '../redis/connection.ts';
import { createCopies } from '../redis/copies.ts';
import { createCopyReader } from '../redis/copyReader.ts';
import { type Topics, tournamentTopic } from '../domain/topics.ts';
import { countRanks, type RankCounter } from './countRanks.ts';
import { type CopyKeeper, createCopyKeeper } from './copyKeeper.ts';
import { createDrift, type Drift } from './drift.ts';
import { createMirror, type Mirror } from './mirror.ts';
import { createMirroredReader } from './mirroredReader.ts';
import { createDeepReads, createStandingsReader, createSqlReader, type StandingsReader } from './standingsReader.ts';

/** What follows, rebuilds and compares the copies in Redis. */
export type Mirroring = { mirror: Mirror; keeper: CopyKeeper; drift: Drift };

/** Where standings are read, and where their changes go. */
export type StandingsStore = {
  /** Where deep pages of PostgreSQL take turns. */
  deepReads: Lane;
  reader: StandingsReader;
  /** How many pages each store has ranked. */
  pagesRanked: Record<StandingsPage['source'], number>;
  /** Sends what was committed to the copies, and a notice to subscribers. Never throws and never waits. */
  committed(batch: Omit<SavedBatch, 'results'>): void;
  /** Undefined without Redis. */
  countRanks: RankCounter | undefined;
  /** Null without Redis. */
  mirroring: Mirroring | null;
};

/** PostgreSQL alone, or with copies in Redis. */
export function openStandings(options: {
  database: Database;
  redis: RedisConnection | null;
  topics: Topics;
  log: Log;
}): StandingsStore {
  const { database, redis, topics, log } = options;
  const deepReads = createDeepReads();
  const sql = createSqlReader(database, deepReads);
  const mirroring = redis && openMirroring(database, redis, log);
  const pagesRanked = { redis: 0, sql: 0 };
  const stored = mirroring
    ? createMirroredReader({ database, copyReader: mirroring.copyReader, sql, keeper: mirroring.keeper, log })
    : sql;
  return {
    deepReads,
    mirroring,
    pagesRanked,
    reader: createStandingsReader(async (queries) => {
      const pages = await stored.pages(queries);
      for (const { source } of pages) pagesRanked[source] += 1;
      return pages;
    }),
    countRanks: mirroring
      ? (entries) => countRanks({ database, copyReader: mirroring.copyReader }, entries)
      : undefined,
    committed: (batch) => {
      // First the copies: what is read after the notice finds the change there.
      mirroring?.mirror.committed(batch);
      for (const leaderboardId of new Set(batch.changes.map((change) => change.leaderboardId))) {
        topics.publish(leaderboardId);
      }
      for (const tournamentId of batch.tournamentIds) topics.publish(tournamentTopic(tournamentId));
    },
  };
}

function openMirroring(database: Database, redis: RedisConnection, log: Log) {
  const copyReader = createCopyReader(redis);
  const copies = createCopies(redis);
  const keeper = createCopyKeeper({ database, copies, copyReader, log });
  const mirror = createMirror({ database, copies, keeper, log });
  const drift = createDrift({ database, copyReader, keeper, log });
  return { copyReader, mirror, keeper, drift };
}
