import { once } from 'node:events';
import { sql } from 'drizzle-orm';
import type { Database } from '../../src/db/open.ts';
import type { PeriodRef } from '../../src/domain/leaderboards/periodChange.ts';
import { openRedis } from '../../src/redis/connection.ts';
import { createCopies } from '../../src/redis/copies.ts';

const CONNECT_DEADLINE_MS = 3_000;
const SILENT = { info: () => {}, warn: () => {}, error: () => {} };

/** Removes from Redis what the boards of this database have left there. */
export async function dropCopies(database: Database, redisUrl: string): Promise<void> {
  const periods = await database.rows<PeriodRef>(sql`
    select leaderboard_id as "leaderboardId", cadence, key as "periodKey" from board_periods`);
  const redis = openRedis(redisUrl, SILENT);
  try {
    await once(redis.commands, 'ready', { signal: AbortSignal.timeout(CONNECT_DEADLINE_MS) });
    const copies = createCopies(redis);
    for (const period of periods) await copies.drop(period);
  } finally {
    redis.close();
  }
}
