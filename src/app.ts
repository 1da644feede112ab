import type { Logger } from 'pino';
import { deviceHash } from './auth/deviceHash.ts';
import { openSessions, type Sessions } from './auth/sessions.ts';
import { createTokens } from './auth/tokens.ts';
import type { Config } from './config.ts';
import type { Core } from './context.ts';
import { type Database, openDatabase } from './db/open.ts';
import { readEnded } from './db/sessions.ts';
import { createClientAddress } from './http/clientAddress.ts';
import { createHealth } from './http/health.ts';
import { startServer } from './http/server.ts';
import { createStreamCounter, type StreamCounts } from './http/streamCounter.ts';
import { createGraphQL } from './http/yoga.ts';
import { createBoardNames } from './leaderboards/boardNames.ts';
import { createDeletePlayer } from './leaderboards/deletePlayer.ts';
import { createFeed } from './leaderboards/feed.ts';
import { createSqlReader } from './leaderboards/read.ts';
import { seedDemo } from './leaderboards/seedDemo.ts';
import { createSubmitter } from './leaderboards/submit.ts';
import { openRedis } from './redis/connection.ts';
import { createLocalTopics, createRedisTopics, ENDED_SESSIONS, type Topics } from './redis/topics.ts';

export type App = {
  url: string;
  core: Core;
  /** How many streams are open in this process, and how many may be. */
  streams(): StreamCounts;
  /** Ends streams, finishes what was begun, and closes everything. */
  stop(): Promise<void>;
};

const STOP_DEADLINE_MS = 10_000;

/** Opens what the configuration names and listens. Whatever was opened is closed again when a later step fails. */
export async function startApp(config: Config, log: Logger): Promise<App> {
  const closing: (() => Promise<void> | void)[] = [];
  const closeAll = async () => {
    for (const close of closing.splice(0).toReversed()) await close();
  };
  try {
    const database = await openDatabase(config);
    closing.push(() => database.close());
    await database.migrate();

    const redis = config.redisUrl ? openRedis(config.redisUrl, log) : null;
    closing.push(() => redis?.close());
    const topics = redis ? createRedisTopics(redis, log) : createLocalTopics();
    const submitter = createSubmitter(database, (boards) => boards.forEach((board) => topics.publish(board)));
    closing.push(() => submitter.idle());
    const sessions = await openSessionsOf(database, topics, log);
    closing.push(() => sessions.close());
    const deletePlayer = createDeletePlayer(database, {
      ended: (player) => sessions.end([player]),
      changed: (_playerId, periods) => periods.forEach(({ leaderboardId }) => topics.publish(leaderboardId)),
    });
    const reader = createSqlReader(database);
    const feed = createFeed({ reader, topics, log });
    const tokens = createTokens({
      secrets: config.authSecrets,
      issuer: config.authIssuer,
      audience: config.authAudience,
    });
    const boards = createBoardNames(database);
    const core: Core = { database, tokens, sessions, boards, reader, submitter, deletePlayer, feed };
    const demo = config.isDemo ? await seedDemo(database, submitter, deviceHash) : null;

    const health = createHealth({
      database: () => database.ping(),
      redis: redis && (() => redis.isConnected()),
      streams: () => feed.live(),
    });
    const streams = createStreamCounter(config.streamLimits);
    const graphql = createGraphQL({
      core,
      log,
      isOpen: config.isEmbedded,
      allowedOrigins: config.allowedOrigins,
      bodyBytesMax: config.bodyBytesMax,
      streams,
      clientAddress: createClientAddress(config.trustedProxies),
      demoPlayerId: demo?.playerId ?? null,
    });
    const server = await startServer({ ...config, graphql, health, log });
    closing.push(async () => {
      health.stopping();
      feed.close();
      await server.stop(STOP_DEADLINE_MS);
    });
    return { url: server.url, core, streams: streams.counts, stop: closeAll };
  } catch (error) {
    await closeAll();
    throw error;
  }
}

/** The instances tell each other through a topic which sessions have ended. */
function openSessionsOf(database: Database, topics: Topics, log: Logger): Promise<Sessions> {
  return openSessions({
    read: (since) => readEnded(database, since),
    notices: {
      publish: () => topics.publish(ENDED_SESSIONS),
      listen: (heard) => {
        topics.onResumed(heard);
        return topics.listen(ENDED_SESSIONS, heard);
      },
    },
    log,
  });
}
