import { pino } from 'pino';
import type { Sessions } from '../src/auth/sessions.ts';
import { createTokens } from '../src/auth/tokens.ts';
import { loadConfig } from '../src/config.ts';
import { openDatabase } from '../src/db/open.ts';
import { readStandingsAfter } from '../src/db/submissions/readStandingsAfter.ts';
import { saveSubmissions } from '../src/db/submissions/saveSubmissions.ts';
import { createHealth } from '../src/http/health.ts';
import { createMetrics } from '../src/http/metrics.ts';
import { createClientAddress } from '../src/http/clientAddress.ts';
import { startServer } from '../src/http/server.ts';
import { createStreamCounter } from '../src/http/streamCounter.ts';
import { createGraphQL } from '../src/http/yoga.ts';
import { createPostgresLog } from '../src/db/events/postgresLog.ts';
import { createOwnTypes } from '../src/leaderboards/ownTypes.ts';
import { createGameNames } from '../src/leaderboards/gameNames.ts';
import { createBoardNames } from '../src/leaderboards/boardNames.ts';
import { createBoardFeed } from '../src/live/boardFeed.ts';
import { createTournamentFeed } from '../src/live/tournamentFeed.ts';
import { createTournamentNews } from '../src/live/tournamentNews.ts';
import { createDeepReads, createSqlReader } from '../src/mirror/standingsReader.ts';
import type { Submitter } from '../src/leaderboards/submit.ts';
import { openRedis } from '../src/redis/connection.ts';
import { createRedisTopics } from '../src/redis/topics.ts';

/** A yardstick: Laurel in everything, schema and door included, but that each submission has a transaction to itself. */
const { databaseUrl, redisUrl, ...config } = loadConfig();
if (databaseUrl === null || redisUrl === null) throw new Error('DATABASE_URL and REDIS_URL must be set');
const log = pino({ level: config.logLevel });
const database = await openDatabase({ databaseUrl });
const topics = createRedisTopics(openRedis(redisUrl, log), log);
const deepReads = createDeepReads();
const reader = createSqlReader(database, deepReads);

const submitter: Submitter = {
  submit: async (submission) => {
    const { results, changes } = await saveSubmissions(database, [submission]);
    for (const leaderboardId of new Set(changes.map((change) => change.leaderboardId))) topics.publish(leaderboardId);
    return results[0] ?? missing();
  },
  standingsAfter: async (submission, dense) =>
    (await readStandingsAfter(database, [{ submission, dense }]))[0] ?? missing(),
  drained: async () => {},
};

const sessions: Sessions = { isEnded: () => false, onEnd: () => () => {}, end: () => {}, close: () => {} };
const core = {
  database,
  tokens: createTokens({ secrets: config.authSecrets, issuer: config.authIssuer, audience: config.authAudience }),
  sessions,
  boards: createBoardNames(database),
  games: createGameNames(database, config.defaultGame),
  ownTypes: createOwnTypes(database),
  eventLog: createPostgresLog(database, { topics, log }),
  reader,
  deepReads,
  submitter,
  mirroring: null,
  deletePlayer: async () => null,
  boardFeed: createBoardFeed({ reader, topics, log }),
  tournamentFeed: createTournamentFeed({ database, topics, log }),
  tournamentNews: createTournamentNews(topics),
  allowsPrivateWebhooks: false,
};
const server = await startServer({
  ...config,
  graphql: createGraphQL({
    ...config,
    core,
    log,
    isOpen: false,
    tellsSource: false,
    count: null,
    streams: createStreamCounter(config.streamLimits),
    clientAddress: createClientAddress(config.trustedProxies),
    demoPlayerId: null,
  }),
  health: createHealth({ database: async () => {}, redis: null, kafka: null, streams: () => 0 }),
  metrics: createMetrics([]),
  log,
});
console.log(JSON.stringify({ url: server.url }));
process.once('SIGTERM', () => process.exit(0));

function missing(): never {
  throw new Error('a submission got no answer');
}
