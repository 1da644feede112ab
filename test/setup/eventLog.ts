import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import type { Projection } from '../../src/consumers/projection.ts';
import { runProjections } from '../../src/consumers/runProjections.ts';
import { makePartitions } from '../../src/db/events/makePartitions.ts';
import { createPostgresLog } from '../../src/db/events/postgresLog.ts';
import { type Database, openDatabase } from '../../src/db/open.ts';
import { insertGame } from '../../src/db/leaderboards/games.ts';
import { players } from '../../src/db/players/tables.ts';
import type { NewEvent } from '../../src/domain/events/event.ts';
import { createLocalTopics } from '../../src/domain/topics.ts';
import { cloneDatabase } from './database.ts';

const log = pino({ level: 'silent' });

export type TestLog = Awaited<ReturnType<typeof openTestLog>>;

/** The log without the front door, on a database of its own with some players. Closed at the end of the test. */
export async function openTestLog({ playerCount = 20 }: { playerCount?: number } = {}) {
  const databaseUrl = await cloneDatabase();
  const database = await openDatabase({ databaseUrl });
  await makePartitions(database);
  const game = await insertGame(database, { slug: 'g', name: 'Game' });
  const rows = await database.orm
    .insert(players)
    .values(Array.from({ length: playerCount }, (_, index) => ({ nickname: `Player ${index}` })))
    .returning({ id: players.id });
  const eventLog = createPostgresLog(database, { topics: createLocalTopics(), log });
  onTestFinished(async () => {
    await eventLog.drained();
    await database.close();
  });
  const playerIds = rows.map(({ id }) => id);
  const gameId = game?.id ?? '';
  return {
    database,
    databaseUrl,
    eventLog,
    gameId,
    playerIds,
    /** An event of one of the players, another one at each call. */
    newEvent: (given: Partial<NewEvent> = {}): NewEvent => ({
      id: randomUUID(),
      gameId,
      playerId: playerIds[Math.floor(Math.random() * playerIds.length)] ?? '',
      type: 'player_score',
      version: 1,
      occurredAt: new Date(),
      timestampText: '',
      clientId: null,
      appVersion: null,
      platform: null,
      sessionId: null,
      locale: null,
      payload: {},
      ...given,
    }),
    /** A worker on connections of its own. Stopped at the end of the test. */
    startWorker: async (projections: Projection[], pausesMs?: readonly number[]) => {
      const own = await openDatabase({ databaseUrl, poolSize: 4 });
      const stop = run(own, projections, pausesMs);
      onTestFinished(async () => {
        await stop();
        await own.close();
      });
      return stop;
    },
  };
}

function run(database: Database, projections: Projection[], pausesMs: readonly number[] | undefined) {
  const eventLog = createPostgresLog(database, { topics: createLocalTopics(), log });
  return runProjections({ database, eventLog, projections, log, ...(pausesMs ? { pausesMs } : {}) });
}
