import { randomBytes } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { DEMO } from './domain/demo/demo.ts';
import { isOrigin } from './domain/limits/origin.ts';
import { parseNetwork } from './domain/limits/network.ts';
import { parseRateLimits, type RateLimits } from './domain/limits/rateLimits.ts';
import { ConfigError, list } from './environment.ts';
import { type KafkaConfig, kafkaEnvironment, readKafka } from './kafkaConfig.ts';
import { PROJECTION_NAMES, type ProjectionName } from './domain/events/projectionNames.ts';
import { parseStreamLimits, type StreamLimits } from './domain/limits/streamLimits.ts';

export type Config = {
  host: string;
  port: number;
  /** Whether this process answers GraphQL. */
  isApi: boolean;
  /** Whether it does what is due by the clock. */
  isWorker: boolean;
  /** What it makes of events: a worker all, other processes what their roles name. */
  projections: ProjectionName[];
  /** Without DATABASE_URL: a PostgreSQL of its own in `dataDir`, generated secrets, an open schema. */
  isEmbedded: boolean;
  dataDir: string;
  databaseUrl: string | null;
  redisUrl: string | null;
  /** Null: events are kept in PostgreSQL alone. */
  kafka: KafkaConfig | null;
  authSecrets: string[];
  authIssuer: string;
  authAudience: string;
  allowedOrigins: string[];
  /** Addresses and networks whose X-Forwarded-For is believed. */
  trustedProxies: string[];
  /** Null: nothing is limited. */
  rateLimits: RateLimits | null;
  bodyBytesMax: number;
  streamLimits: StreamLimits;
  /** Whether webhooks may go over plain HTTP and into private networks. */
  allowsPrivateWebhooks: boolean;
  /** How often a webhook is tried again before an event is given up on. */
  webhookRetries: number;
  logLevel: 'debug' | 'error' | 'fatal' | 'info' | 'silent' | 'trace' | 'warn';
  isDemo: boolean;
  /** The slug of the game that an event belongs to which names none; null: the only one there is. */
  defaultGame: string | null;
  /** How often the copies in Redis are compared with PostgreSQL. */
  driftCheckMs: number;
  /** The hour of the day from which they are rebuilt once, whatever they are like. */
  rebuildHourUtc: number;
};

const SECRET_BYTES_MIN = 32;
/** A random secret of 32 characters has about 25 different ones. */
const SECRET_CHARACTERS_MIN = 10;

const url = (protocols: RegExp, example: string) =>
  z.string().refine((value) => URL.canParse(value) && protocols.test(value), `must be a URL like ${example}`);

const ROLES_DEFAULT = ['api', 'worker'];
const ROLES: string[] = [...ROLES_DEFAULT, ...PROJECTION_NAMES];

const environment = z.object({
  ROLES: list
    .refine(
      (roles) => roles.length > 0 && roles.every((role) => ROLES.includes(role)),
      `must be some of ${ROLES.join(', ')}, separated by commas`,
    )
    .default(ROLES_DEFAULT),
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce.number('must be a port, 0 to 65535').int().min(0).max(65_535).default(4000),
  DATA_DIR: z.string().default('.laurel'),
  DATABASE_URL: url(/^postgres(ql)?:/, 'postgres://user:password@host:5432/laurel').optional(),
  REDIS_URL: z
    .string()
    .refine(
      (text) => text.split(',').every((node) => URL.canParse(node.trim()) && /^rediss?:/.test(node.trim())),
      'must be a URL like redis://host:6379, or several of a cluster, separated by commas',
    )
    .optional(),
  ...kafkaEnvironment,
  AUTH_SECRET: list.optional(),
  AUTH_ISSUER: z.string().default('laurel'),
  AUTH_AUDIENCE: z.string().default('laurel'),
  ALLOWED_ORIGINS: list
    .refine(
      (origins) => origins.every((origin) => ['*', 'null'].includes(origin) || isOrigin(origin)),
      'must be origins like https://game.example, `null` or `*`, separated by commas',
    )
    .default([]),
  TRUSTED_PROXIES: list
    .refine(
      (proxies) => proxies.every((proxy) => parseNetwork(proxy) !== null),
      'must be IP addresses or networks like 10.0.0.0/8 or 2001:db8::/32, separated by commas',
    )
    .default([]),
  RATE_LIMITS: z
    .string()
    .refine(
      (text) => parseRateLimits(text) !== undefined,
      'must be on, off, or a list of submit, server, read, playerRead, mutate, events and serverEvents with a count and a time in seconds, ' +
        'at most a day, like submit=10/60,read=60/60',
    )
    .optional(),
  BODY_BYTES_MAX: z.coerce.number('must be a number of bytes').int().min(1_000).max(10_000_000).default(100_000),
  STREAM_LIMITS: z
    .string()
    .default('')
    .transform((text, { addIssue }) => {
      const limits = parseStreamLimits(text);
      if (limits) return limits;
      addIssue('must be whole numbers by name, like player=5,address=10,instance=12000');
      return z.NEVER;
    }),
  WEBHOOK_HTTP: z.enum(['true', 'false']).optional(),
  WEBHOOK_RETRIES: z.coerce.number('must be a number of attempts').int().min(0).max(30).default(15),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  DEMO: z.enum(['true', 'false']).optional(),
  DEFAULT_GAME: z.string().optional(),
  DRIFT_CHECK_SECONDS: z.coerce.number('must be a number of seconds').int().min(1).max(86_400).default(300),
  REBUILD_HOUR_UTC: z.coerce.number('must be an hour, 0 to 23').int().min(0).max(23).default(4),
});

/**
 * Reads the configuration from environment variables; an empty one counts as unset. Embedded mode makes its secrets at
 * the first start and keeps them in DATA_DIR. Throws ConfigError.
 */
export function loadConfig(env: Record<string, string | undefined> = process.env): Config {
  const data = parse(env);
  const isEmbedded = data.DATABASE_URL === undefined;
  const isDemo = data.DEMO === undefined ? isEmbedded : data.DEMO === 'true';
  return {
    host: data.HOST,
    port: data.PORT,
    isApi: data.ROLES.includes('api'),
    isWorker: data.ROLES.includes('worker'),
    projections: PROJECTION_NAMES.filter((name) => data.ROLES.includes('worker') || data.ROLES.includes(name)),
    isEmbedded,
    dataDir: data.DATA_DIR,
    databaseUrl: data.DATABASE_URL ?? null,
    redisUrl: data.REDIS_URL ?? null,
    kafka: readKafka(data),
    authSecrets: readAuthSecrets(data.AUTH_SECRET, isEmbedded ? data.DATA_DIR : null),
    authIssuer: data.AUTH_ISSUER,
    authAudience: data.AUTH_AUDIENCE,
    allowedOrigins: data.ALLOWED_ORIGINS,
    trustedProxies: data.TRUSTED_PROXIES,
    rateLimits: parseRateLimits(data.RATE_LIMITS ?? (isEmbedded ? 'off' : 'on')) ?? null,
    bodyBytesMax: data.BODY_BYTES_MAX,
    streamLimits: data.STREAM_LIMITS,
    allowsPrivateWebhooks: data.WEBHOOK_HTTP === undefined ? isEmbedded : data.WEBHOOK_HTTP === 'true',
    webhookRetries: data.WEBHOOK_RETRIES,
    logLevel: data.LOG_LEVEL,
    isDemo,
    defaultGame: data.DEFAULT_GAME ?? (isDemo ? DEMO.game.slug : null),
    driftCheckMs: data.DRIFT_CHECK_SECONDS * 1_000,
    rebuildHourUtc: data.REBUILD_HOUR_UTC,
  };
}

/** Where the data is: all that a command needs which asks nobody who they are. Throws ConfigError. */
export function loadStorage(
  env: Record<string, string | undefined> = process.env,
): Pick<Config, 'databaseUrl' | 'dataDir'> {
  const { DATABASE_URL, DATA_DIR } = parse(env);
  return { databaseUrl: DATABASE_URL ?? null, dataDir: DATA_DIR };
}

function parse(env: Record<string, string | undefined>): z.infer<typeof environment> {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = environment.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new ConfigError(parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`).join('\n'));
}

function readAuthSecrets(given: string[] | undefined, dataDir: string | null): string[] {
  if (given && given.length > 0) {
    if (given.some(isWeak)) {
      throw new ConfigError(
        `AUTH_SECRET is too weak: each secret needs at least ${SECRET_BYTES_MIN} bytes that nobody can guess. ` +
          'Make one with: openssl rand -base64 48',
      );
    }
    return given;
  }
  if (dataDir === null) {
    throw new ConfigError('AUTH_SECRET is required when DATABASE_URL is set. Make one with: openssl rand -base64 48');
  }
  return [readOrMakeSecret(dataDir)];
}

function isWeak(secret: string): boolean {
  const isShort = Buffer.byteLength(secret) < SECRET_BYTES_MIN;
  const isRepeated = /^(.+?)\1+$/.test(secret);
  return isShort || isRepeated || new Set(secret).size < SECRET_CHARACTERS_MIN;
}

/** The secret of an embedded server: another process of the same folder, such as `npm run token`, finds the same. */
function readOrMakeSecret(dataDir: string): string {
  const path = join(dataDir, 'auth-secret');
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  if (!existsSync(path)) {
    // Written aside and then linked: whoever starts at the same moment finds a whole secret or none.
    const draft = `${path}.${process.pid}`;
    writeFileSync(draft, randomBytes(48).toString('base64url'), { mode: 0o600 });
    try {
      linkSync(draft, path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    } finally {
      rmSync(draft, { force: true });
    }
  }
  const secret = readFileSync(path, 'utf8');
  if (isWeak(secret))
    throw new ConfigError(
      `The secret in ${path} is damaged. Delete the file to have a new one made, or set AUTH_SECRET.`,
    );
  return secret;
}
