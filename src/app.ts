import type { Logger } from 'pino';
import { deviceHash } from './auth/deviceHash.ts';
import { createTokens } from './auth/tokens.ts';
import type { Config } from './config.ts';
import type { Core } from './context.ts';
import { openDatabase } from './db/open.ts';
import { createClientAddress } from './http/clientAddress.ts';
import { createHealth } from './http/health.ts';
import { createMetrics } from './http/metrics.ts';
import { startServer } from './http/server.ts';
import { createGraphQL } from './http/yoga.ts';
import { createBoardNames } from './leaderboards/boardNames.ts';
import { createFeed } from './leaderboards/feed.ts';
import { openStandings } from './leaderboards/standingsStore.ts';
import { keepMirror } from './jobs/mirrorUpkeep.ts';
import { seedDemo } from './leaderboards/seedDemo.ts';
import { createSubmitter } from './leaderboards/submit.ts';
import { ownMetrics } from './ownMetrics.ts';
import { openRedis } from './redis/connection.ts';
import { createRateLimiter } from './redis/rateLimits.ts';
import { createLocalTopics, createRedisTopics } from './redis/topics.ts';

export type App = {
  url: string;
  core: Core;
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
    const { reader, committed, countPlaces, mirroring, pagesRanked } = openStandings({ database, redis, topics, log });
    closing.push(() => mirroring?.mirror.idle());
    const submitter = createSubmitter(database, committed, { countPlaces });
    closing.push(() => submitter.idle());
    if (mirroring) closing.push(keepMirror({ ...config, database, mirroring, log }));
    const feed = createFeed({ reader, topics, log });
    const tokens = createTokens({
      secrets: config.authSecrets,
      issuer: config.authIssuer,
      audience: config.authAudience,
    });
    const core: Core = { database, tokens, boards: createBoardNames(database), reader, submitter, mirroring, feed };
    const demo = config.isDemo ? await seedDemo(database, submitter, deviceHash) : null;

    const health = createHealth({
      database: () => database.ping(),
      redis: redis && (() => redis.isConnected()),
      streams: () => feed.live(),
    });
    const limiter = config.rateLimits && createRateLimiter(config.rateLimits, redis);
    const graphql = createGraphQL({
      core,
      log,
      isOpen: config.isEmbedded,
      tellsSource: config.isEmbedded || config.logLevel === 'debug' || config.logLevel === 'trace',
      allowedOrigins: config.allowedOrigins,
      bodyBytesMax: config.bodyBytesMax,
      limiter,
      clientAddress: createClientAddress(config.trustedProxies),
      demoPlayerId: demo?.playerId ?? null,
    });
    const metrics = createMetrics(ownMetrics({ core, redis, limiter, pagesRanked }));
    const server = await startServer({ ...config, graphql, health, metrics, log });
    closing.push(async () => {
      health.stopping();
      feed.close();
      await server.stop(STOP_DEADLINE_MS);
    });
    return { url: server.url, core, stop: closeAll };
  } catch (error) {
    await closeAll();
    throw error;
  }
}
