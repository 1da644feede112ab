import type { Logger } from 'pino';
import { hashDevice } from './auth/hashDevice.ts';
import { openSessions, type Sessions } from './auth/sessions.ts';
import { createTokens } from './auth/tokens.ts';
import type { Config } from './config.ts';
import type { Core } from './context.ts';
import { openEventLog, type OpenedEventLog } from './events/openEventLog.ts';
import { makePartitions } from './db/events/makePartitions.ts';
import { openPostgresTopics } from './db/postgresTopics.ts';
import { startEmbedded } from './db/embedded/startEmbedded.ts';
import { type Database, openDatabase } from './db/open.ts';
import { readEnded } from './db/players/sessions.ts';
import { readVersions } from './db/leaderboards/readVersions.ts';
import { createClientAddress } from './http/clientAddress.ts';
import { contextOf } from './http/contextOf.ts';
import { createCors } from './http/cors.ts';
import { createHotAnswers } from './http/hotAnswers/hotAnswers.ts';
import { createCounter, writeRateLimit } from './http/plugins/rateLimits.ts';
import { createHealth } from './http/health.ts';
import { createErrorMask } from './http/maskErrors.ts';
import { createMetrics } from './http/metrics.ts';
import { startServer } from './http/server.ts';
import { createStreamCounter, type StreamCounts } from './http/streamCounter.ts';
import { createSharedEvents } from './http/streams/sharedEvents.ts';
import { createGraphQL, viewerOf } from './http/yoga.ts';
import { createVersionLooks } from './mirror/versionLooks.ts';
import { createBoardNames } from './leaderboards/boardNames.ts';
import { createGameNames } from './leaderboards/gameNames.ts';
import { openProjections } from './consumers/openProjections.ts';
import { runProjections } from './consumers/runProjections.ts';
import { createOwnTypes } from './leaderboards/ownTypes.ts';
import { createDeletePlayer } from './leaderboards/deletePlayer.ts';
import { createBoardFeed } from './live/boardFeed.ts';
import { openStandings, type StandingsStore } from './mirror/openStandings.ts';
import { runEventLog } from './jobs/runEventLog.ts';
import { runMirror } from './jobs/runMirror.ts';
import { runTournaments } from './jobs/runTournaments.ts';
import { runWebhooks } from './jobs/runWebhooks.ts';
import { seedDemo } from './commands/demo/seedDemo.ts';
import { createSubmitter } from './leaderboards/submit.ts';
import { createTournamentFeed } from './live/tournamentFeed.ts';
import { createTournamentNews } from './live/tournamentNews.ts';
import { ownMetrics } from './ownMetrics.ts';
import { openRedis, type RedisConnection } from './redis/connection.ts';
import { createRateLimiter } from './redis/rateLimits.ts';
import { createRedisTopics } from './redis/topics.ts';
import { schema } from './schema/index.ts';
import { ENDED_SESSIONS, type Topics } from './domain/topics.ts';

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
  const closing: Closing = [];
  const closeAll = async () => {
    for (const close of closing.splice(0).toReversed()) await close();
  };
  try {
    const opened = await openCore(config, log, closing);
    const door = await openDoor(config, log, closing, opened);
    return { ...door, core: opened.core, stop: closeAll };
  } catch (error) {
    await closeAll();
    throw error;
  }
}

/** What is done at the stop, the last first. */
type Closing = (() => Promise<void> | void)[];

type Opened = {
  core: Core;
  redis: RedisConnection | null;
  kafka: OpenedEventLog['kafka'];
  pagesRanked: StandingsStore['pagesRanked'];
};

/** The stores, what works on them, and what is due by the clock. */
async function openCore(config: Config, log: Logger, closing: Closing): Promise<Opened> {
  const databaseUrl = config.databaseUrl ?? (await openEmbedded(config, log, closing));
  const database = await openDatabase({ databaseUrl });
  closing.push(() => database.close());
  await database.migrate();
  await makePartitions(database);

  const { allowsPrivateWebhooks } = config;
  const redis = config.redisUrl ? openRedis(config.redisUrl, log) : null;
  closing.push(() => redis?.close());
  const topics = openTopics({ database, redis, log, closing });
  const { reader, committed, countRanks, deepReads, mirroring, pagesRanked } = openStandings({
    database,
    redis,
    topics,
    log,
  });
  closing.push(() => mirroring?.mirror.drained());
  const submitter = createSubmitter(database, committed, { countRanks });
  closing.push(() => submitter.drained());
  if (mirroring) closing.push(runMirror({ ...config, database, mirroring, log }));
  const tournamentNews = createTournamentNews(topics);
  if (config.isWorker) {
    closing.push(runEventLog({ database, log }));
    closing.push(runTournaments({ database, news: tournamentNews, log }));
    closing.push(runWebhooks({ database, allowsPrivate: allowsPrivateWebhooks, retries: config.webhookRetries, log }));
  }
  const sessions = await openSessionsOf(database, topics, log);
  closing.push(() => sessions.close());
  const deletePlayer = createDeletePlayer(database, {
    isMirrored: mirroring !== null,
    ended: (player) => sessions.end([player]),
    committed,
  });
  const boardFeed = createBoardFeed({ reader, topics, log });
  closing.push(() => boardFeed.close());
  const tournamentFeed = createTournamentFeed({ database, topics, log });
  closing.push(() => tournamentFeed.close());
  const tokens = createTokens({
    secrets: config.authSecrets,
    issuer: config.authIssuer,
    audience: config.authAudience,
  });
  const boards = createBoardNames(database);
  const games = createGameNames(database, config.defaultGame);
  const ownTypes = createOwnTypes(database);
  const { eventLog, kafka, close } = await openEventLog({ ...config, database, games, ownTypes, topics, log });
  closing.push(close);
  closing.push(
    runProjections({ database, eventLog, projections: openProjections(config.projections, { submitter }), log }),
  );
  const live = { boardFeed, tournamentFeed, tournamentNews };
  const standings = { boards, games, ownTypes, eventLog, reader, deepReads, submitter, mirroring };
  const core = { database, tokens, sessions, deletePlayer, allowsPrivateWebhooks, ...standings, ...live };
  return { core, redis, kafka, pagesRanked };
}

async function openEmbedded({ dataDir }: Config, log: Logger, closing: Closing): Promise<string> {
  const embedded = await startEmbedded(dataDir, log);
  closing.push(() => embedded.stop());
  return embedded.url;
}

/** Between instances through Redis where there is one, else through PostgreSQL. */
function openTopics(options: {
  database: Database;
  redis: RedisConnection | null;
  log: Logger;
  closing: Closing;
}): Topics {
  const { database, redis, log, closing } = options;
  if (redis) return createRedisTopics(redis, log);
  const topics = openPostgresTopics(database, { url: database.url, log });
  closing.push(() => topics.close());
  return topics;
}

/** The HTTP server and its limits. */
async function openDoor(
  config: Config,
  log: Logger,
  closing: Closing,
  { core, redis, kafka, pagesRanked }: Opened,
): Promise<Pick<App, 'streams' | 'url'>> {
  const demo = config.isDemo ? await seedDemo(core.database, core.submitter, hashDevice) : null;
  const health = createHealth({
    database: () => core.database.ping(),
    redis: redis && (() => redis.isConnected()),
    kafka: kafka && (() => kafka.isConnected()),
    streams: () => core.boardFeed.live() + core.tournamentFeed.live(),
  });
  const limiter = config.rateLimits && createRateLimiter(config.rateLimits, redis);
  const streams = createStreamCounter(config.streamLimits);
  const sharedEvents = createSharedEvents({
    contextOf: (asker) => contextOf(core, asker),
    maskError: createErrorMask(log),
  });
  const clientAddress = createClientAddress(config.trustedProxies);
  const count = limiter && createCounter({ schema, limiter, clientAddress });
  const hot = createHotAnswers({
    looks: createVersionLooks((periods) => readVersions(core.database, periods)),
    viewerOf: async ({ headers: { authorization = null } }) =>
      viewerOf(authorization, core).then(
        (viewer) => ({ viewer }),
        () => null,
      ),
    count,
    writeRateLimit,
  });
  const cors = createCors({ allowed: config.allowedOrigins, takesLoopback: config.isEmbedded, log });
  const graphql = config.isApi
    ? createGraphQL({
        core,
        log,
        isOpen: config.isEmbedded,
        tellsSource: config.isEmbedded || config.logLevel === 'debug' || config.logLevel === 'trace',
        cors,
        bodyBytesMax: config.bodyBytesMax,
        count,
        note: hot.note,
        streams,
        sharedEvents,
        clientAddress,
        demoPlayerId: demo?.playerId ?? null,
      })
    : null;
  const metrics = createMetrics(
    ownMetrics({
      core,
      redis,
      limiter,
      pagesRanked,
      streams: streams.counts,
      answersShared: hot.shared,
      events: sharedEvents.counts,
    }),
  );
  const server = await startServer({ ...config, graphql, hot, cors, health, metrics, log });
  closing.push(async () => {
    health.stopping();
    core.boardFeed.close();
    core.tournamentFeed.close();
    await server.stop(STOP_DEADLINE_MS);
  });
  return { url: server.url, streams: streams.counts };
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
