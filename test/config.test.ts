import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadConfig } from '../src/config.ts';
import { ConfigError } from '../src/environment.ts';

const SECRET = 'Xq3v9Lw0Zr7tBn5kHs2mYc8dFg4jPe6u';
const OTHER_SECRET = 'u6eP4gFd8cYm2sHk5nBt7rZ0wL9v3qX-ß';
const DATABASE_URL = 'postgres://laurel@db.example:5432/laurel';

let root: string;
let dataDir: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'laurel-config-'));
  dataDir = join(root, 'data');
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

test('an empty environment makes an embedded server on the own machine', () => {
  expect(loadConfig({ DATA_DIR: dataDir })).toEqual({
    host: '127.0.0.1',
    port: 4000,
    isApi: true,
    isWorker: true,
    projections: ['statistics', 'leaderboards'],
    isEmbedded: true,
    dataDir,
    databaseUrl: null,
    redisUrl: null,
    kafka: null,
    authSecrets: [expect.any(String)],
    authIssuer: 'laurel',
    authAudience: 'laurel',
    allowedOrigins: [],
    trustedProxies: [],
    rateLimits: null,
    bodyBytesMax: 100_000,
    streamLimits: { player: 5, address: 10, addressTotal: 1_000, instance: 12_000 },
    allowsPrivateWebhooks: true,
    webhookRetries: 15,
    logLevel: 'info',
    isDemo: true,
    defaultGame: 'skyline',
    driftCheckMs: 300_000,
    rebuildHourUtc: 4,
  });
});

test('every variable is read', () => {
  const env = {
    HOST: '0.0.0.0',
    PORT: '8080',
    DATABASE_URL,
    REDIS_URL: 'rediss://redis.example:6380',
    AUTH_SECRET: ` ${SECRET} , ${OTHER_SECRET} `,
    AUTH_ISSUER: 'issuer',
    AUTH_AUDIENCE: 'audience',
    ALLOWED_ORIGINS: 'https://game.example, http://127.0.0.1:5173',
    TRUSTED_PROXIES: '10.0.0.0/8, 192.0.2.7,2001:db8::/32',
    RATE_LIMITS: 'submit=20/30, read=1/86400',
    BODY_BYTES_MAX: '5000',
    STREAM_LIMITS: 'player=7, addressTotal=20, instance=0',
    LOG_LEVEL: 'debug',
    DEMO: 'true',
    DEFAULT_GAME: 'sky-race',
  };
  expect(loadConfig(env)).toMatchObject({
    host: '0.0.0.0',
    port: 8080,
    isEmbedded: false,
    databaseUrl: DATABASE_URL,
    redisUrl: 'rediss://redis.example:6380',
    authSecrets: [SECRET, OTHER_SECRET],
    authIssuer: 'issuer',
    authAudience: 'audience',
    allowedOrigins: ['https://game.example', 'http://127.0.0.1:5173'],
    trustedProxies: ['10.0.0.0/8', '192.0.2.7', '2001:db8::/32'],
    rateLimits: {
      submit: { count: 20, windowMs: 30_000 },
      server: { count: 100_000, windowMs: 60_000 },
      read: { count: 1, windowMs: 86_400_000 },
      playerRead: { count: 600, windowMs: 60_000 },
      mutate: { count: 60, windowMs: 60_000 },
      events: { count: 100, windowMs: 60_000 },
      serverEvents: { count: 10_000, windowMs: 1_000 },
    },
    bodyBytesMax: 5000,
    streamLimits: { player: 7, address: 10, addressTotal: 20, instance: 0 },
    logLevel: 'debug',
    isDemo: true,
    defaultGame: 'sky-race',
    driftCheckMs: 300_000,
    rebuildHourUtc: 4,
  });
});

test('an embedded server makes its secret at the first start and keeps it', () => {
  const first = loadConfig({ DATA_DIR: dataDir }).authSecrets;
  expect(loadConfig({ DATA_DIR: dataDir }).authSecrets).toEqual(first);
  expect(loadConfig({ DATA_DIR: join(root, 'other') }).authSecrets).not.toEqual(first);
  expect(first[0]?.length).toBeGreaterThanOrEqual(32);
});

test.skipIf(process.platform === 'win32')('nobody else on the machine can read the kept secret', () => {
  loadConfig({ DATA_DIR: dataDir });
  expect(modeOf(join(dataDir, 'auth-secret'))).toBe(0o600);
  expect(modeOf(dataDir)).toBe(0o700);
});

test('a kept secret that is damaged is refused, and not shown', () => {
  loadConfig({ DATA_DIR: dataDir });
  writeFileSync(join(dataDir, 'auth-secret'), 'hunter2');
  const { message } = errorOf({ DATA_DIR: dataDir });
  expect(message).toContain('auth-secret');
  expect(message).not.toContain('hunter2');
});

test('an embedded server that is given a secret keeps none', () => {
  expect(loadConfig({ DATA_DIR: dataDir, AUTH_SECRET: SECRET }).authSecrets).toEqual([SECRET]);
  expect(() => readFileSync(join(dataDir, 'auth-secret'))).toThrow('ENOENT');
});

test('a server with a database of its own does not start without a secret', () => {
  for (const AUTH_SECRET of [undefined, '', ' , ']) {
    expect(errorOf({ DATABASE_URL, DATA_DIR: dataDir, AUTH_SECRET }).message).toMatch(/^AUTH_SECRET is required/);
  }
});

test('a server with a database of its own is no demo unless it is told to be', () => {
  expect(loadConfig({ DATABASE_URL, AUTH_SECRET: SECRET }).isDemo).toBe(false);
  expect(loadConfig({ DATA_DIR: dataDir, DEMO: 'false' }).isDemo).toBe(false);
});

test('a process has both roles, or those that it is told', () => {
  const rolesOf = (ROLES?: string) => {
    const { isApi, isWorker, projections } = loadConfig({ DATA_DIR: dataDir, ROLES });
    return { isApi, isWorker, projections };
  };
  const projections = ['statistics', 'leaderboards'];
  expect(rolesOf()).toEqual({ isApi: true, isWorker: true, projections });
  expect(rolesOf('api, worker')).toEqual({ isApi: true, isWorker: true, projections });
  expect(rolesOf('api')).toEqual({ isApi: true, isWorker: false, projections: [] });
  expect(rolesOf('worker')).toEqual({ isApi: false, isWorker: true, projections });
  expect(rolesOf('statistics')).toEqual({ isApi: false, isWorker: false, projections: ['statistics'] });
  for (const ROLES of ['apis', 'api,jobs', ',']) {
    expect(errorOf({ DATA_DIR: dataDir, ROLES }).message).toMatch(
      /^ROLES must be some of api, worker, statistics, leaderboards/,
    );
  }
});

test('limits are on for a server with a database of its own, off for an embedded one, and as they are told', () => {
  const submit = { count: 10, windowMs: 60_000 };
  const own = { DATABASE_URL, AUTH_SECRET: SECRET };
  expect(loadConfig(own).rateLimits).toMatchObject({ submit });
  expect(loadConfig({ ...own, RATE_LIMITS: 'off' }).rateLimits).toBeNull();
  expect(loadConfig({ DATA_DIR: dataDir }).rateLimits).toBeNull();
  expect(loadConfig({ DATA_DIR: dataDir, RATE_LIMITS: 'on' }).rateLimits).toMatchObject({ submit });
});

test.each([
  ['one byte too short', SECRET.slice(1)],
  ['a word, repeated', 'trustno1'.repeat(8)],
  ['a word of many letters, repeated', 'background'.repeat(4)],
  ['one letter, repeated', 'x'.repeat(64)],
  ['weak beside a good one', `${SECRET},hunter2`],
])('a secret that is %s is refused, and not shown', (_what, AUTH_SECRET) => {
  const { message } = errorOf({ DATABASE_URL, AUTH_SECRET });
  expect(message).toMatch(/^AUTH_SECRET is too weak/);
  for (const secret of AUTH_SECRET.split(',')) expect(message).not.toContain(secret);
});

const KAFKA = { KAFKA_BROKERS: 'kafka-1.example:9092, [2001:db8::1]:9093' };

test('Kafka is used when its brokers are named', () => {
  const kafkaOf = (env: Record<string, string>) => loadConfig({ DATA_DIR: dataDir, ...env }).kafka;
  const brokers = ['kafka-1.example:9092', '[2001:db8::1]:9093'];
  expect(kafkaOf(KAFKA)).toEqual({
    brokers,
    tls: null,
    sasl: null,
    prefix: '',
    partitions: 12,
    replication: null,
    retentionMs: 7 * 86_400_000,
  });
  const more = { KAFKA_PREFIX: 'staging.', KAFKA_PARTITIONS: '3', KAFKA_REPLICATION: '2', KAFKA_RETENTION_HOURS: '1' };
  expect(kafkaOf({ ...KAFKA, ...more })).toMatchObject({
    prefix: 'staging.',
    partitions: 3,
    replication: 2,
    retentionMs: 3_600_000,
  });
  expect(kafkaOf({ KAFKA_PARTITIONS: '3' })).toBeNull();
});

test('Kafka is spoken to with TLS when that is said or a file of it is named', () => {
  const path = join(root, 'ca.pem');
  const pem = '-----BEGIN CERTIFICATE-----\nMA==\n-----END CERTIFICATE-----\n';
  writeFileSync(path, pem);
  const tlsOf = (env: Record<string, string>) => loadConfig({ DATA_DIR: dataDir, ...KAFKA, ...env }).kafka?.tls;
  expect(tlsOf({ KAFKA_TLS: 'true' })).toEqual({});
  expect(tlsOf({ KAFKA_TLS_CA: path })).toEqual({ ca: pem });
  expect(tlsOf({ KAFKA_TLS_CERT: path, KAFKA_TLS_KEY: path })).toEqual({ cert: pem, key: pem });
  expect(tlsOf({ KAFKA_TLS: 'false', KAFKA_TLS_CA: path })).toBeNull();
});

test('half a sign-in to Kafka is refused, and the password not shown', () => {
  const signIn = {
    KAFKA_SASL_MECHANISM: 'SCRAM-SHA-512',
    KAFKA_SASL_USERNAME: 'laurel',
    KAFKA_SASL_PASSWORD: 'hunter2',
  };
  expect(loadConfig({ DATA_DIR: dataDir, ...KAFKA, ...signIn }).kafka?.sasl).toEqual({
    mechanism: 'SCRAM-SHA-512',
    username: 'laurel',
    password: 'hunter2',
  });
  for (const name of Object.keys(signIn)) {
    const { message } = errorOf({ DATA_DIR: dataDir, ...KAFKA, ...signIn, [name]: '' });
    expect(message).toContain('are needed together');
    expect(message).not.toContain('hunter2');
  }
  expect(errorOf({ DATA_DIR: dataDir, ...KAFKA, KAFKA_TLS_CERT: 'cert.pem' }).message).toContain('needed together');
  expect(errorOf({ DATA_DIR: dataDir, ...KAFKA, KAFKA_TLS_CA: join(root, 'missing.pem') }).message).toBe(
    'KAFKA_TLS_CA must be the path of a PEM file that can be read',
  );
});

test.each([
  ['PORT', 'seven'],
  ['PORT', '65536'],
  ['PORT', '-1'],
  ['PORT', '80.5'],
  ['DATABASE_URL', 'mysql://root:hunter2@db.example/laurel'],
  ['DATABASE_URL', 'hunter2'],
  ['REDIS_URL', 'http://:hunter2@redis.example'],
  ['REDIS_URL', 'redis.example:6379'],
  ['KAFKA_BROKERS', 'kafka.example'],
  ['KAFKA_BROKERS', 'kafka://kafka.example:9092'],
  ['KAFKA_TLS', 'yes'],
  ['KAFKA_SASL_MECHANISM', 'GSSAPI'],
  ['KAFKA_PREFIX', 'a b'],
  ['KAFKA_PARTITIONS', '0'],
  ['KAFKA_REPLICATION', 'three'],
  ['KAFKA_RETENTION_HOURS', '0.5'],
  ['LOG_LEVEL', 'loud'],
  ['LOG_LEVEL', 'INFO'],
  ['ALLOWED_ORIGINS', 'play.test'],
  ['ALLOWED_ORIGINS', 'https://play.test/'],
  ['ALLOWED_ORIGINS', 'https://play.test/lobby'],
  ['ALLOWED_ORIGINS', 'https://play.test,nothing'],
  ['ALLOWED_ORIGINS', 'https://*.play.test'],
  ['TRUSTED_PROXIES', 'proxy.example'],
  ['TRUSTED_PROXIES', '10.0.0.0/33'],
  ['TRUSTED_PROXIES', '10.1.0.0/'],
  ['TRUSTED_PROXIES', '10.1.0.0/8/8'],
  ['TRUSTED_PROXIES', '2001:db8::/129'],
  ['TRUSTED_PROXIES', '::ffff:10.0.0.0/95'],
  ['TRUSTED_PROXIES', 'fe80::1%eth0'],
  ['TRUSTED_PROXIES', '10.0.0.7, *'],
  ['RATE_LIMITS', 'maybe'],
  ['RATE_LIMITS', 'true'],
  ['RATE_LIMITS', 'ON'],
  ['RATE_LIMITS', 'submissions'],
  ['RATE_LIMITS', 'submit=7'],
  ['RATE_LIMITS', 'submit=0/60'],
  ['RATE_LIMITS', 'submit=10/0'],
  ['RATE_LIMITS', 'submit=-1/60'],
  ['RATE_LIMITS', 'submit=1.5/60'],
  ['RATE_LIMITS', 'submit=10/86401'],
  ['RATE_LIMITS', 'submit=100000001/60'],
  ['RATE_LIMITS', 'write=10/60'],
  ['RATE_LIMITS', 'toString=10/60'],
  ['RATE_LIMITS', 'submit=20/60,'],
  ['RATE_LIMITS', 'submit=20/60;read=60/60'],
  ['RATE_LIMITS', 'on,submit=20/60'],
  ['BODY_BYTES_MAX', '999'],
  ['BODY_BYTES_MAX', '10000001'],
  ['BODY_BYTES_MAX', '1MB'],
  ['STREAM_LIMITS', '7'],
  ['STREAM_LIMITS', 'player 5'],
  ['STREAM_LIMITS', 'player=-1'],
  ['STREAM_LIMITS', 'player=1.5'],
  ['STREAM_LIMITS', 'player=many'],
  ['STREAM_LIMITS', 'player=1,player=2'],
  ['STREAM_LIMITS', 'instance=1000001'],
  ['STREAM_LIMITS', 'viewer=5'],
  ['DEMO', 'yes'],
])('%s=%s is refused by name, and not shown', (name, value) => {
  const { message } = errorOf({ DATA_DIR: dataDir, [name]: value });
  expect(message).toMatch(new RegExp(`^${name} [^\n]+$`));
  expect(message.slice(name.length)).not.toContain(value);
});

test('every bad variable is named at once', () => {
  const lines = errorOf({ PORT: 'seven', LOG_LEVEL: 'loud', AUTH_SECRET: SECRET }).message.split('\n');
  expect(lines.map((line) => line.split(' ')[0])).toEqual(['PORT', 'LOG_LEVEL']);
});

test('an empty variable counts as unset', () => {
  const names = ['HOST', 'PORT', 'DATABASE_URL', 'REDIS_URL', 'AUTH_SECRET', 'AUTH_ISSUER', 'AUTH_AUDIENCE'];
  const others = ['ALLOWED_ORIGINS', 'TRUSTED_PROXIES', 'RATE_LIMITS', 'BODY_BYTES_MAX', 'STREAM_LIMITS', 'LOG_LEVEL'];
  const empty = Object.fromEntries(
    [...names, ...others, 'DEMO', 'DRIFT_CHECK_SECONDS', 'REBUILD_HOUR_UTC'].map((name) => [name, '']),
  );
  expect(loadConfig({ ...empty, DATA_DIR: dataDir })).toEqual(loadConfig({ DATA_DIR: dataDir }));
});

function errorOf(env: Record<string, string | undefined>): ConfigError {
  try {
    loadConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('the environment was accepted');
}

function modeOf(path: string): number {
  return statSync(path).mode & 0o777;
}
