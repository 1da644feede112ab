import { randomBytes } from 'node:crypto';
import { Redis } from 'ioredis';
import postgres from 'postgres';
import { type Database, openDatabase } from '../../src/db/open.ts';
import { databaseUrl, startPostgres } from '../../test/setup/postgres.ts';
import { startRedis } from '../../test/setup/redis.ts';
import { dropCopies } from './dropCopies.ts';

export type Stores = {
  database: Database;
  databaseUrl: string;
  redisUrl: string;
  facts: StoreFacts;
  /** Another one, empty, on the same PostgreSQL. */
  createDatabase(): Promise<{ url: string; drop(): Promise<void> }>;
  /** Drops the database and the copies of its boards, and ends the servers that were started. */
  close(): Promise<void>;
};

export type StoreFacts = { postgresql: string; redis: string; isDurable: boolean };

/** A database of its own on the PostgreSQL at DATABASE_URL and the Redis at REDIS_URL, or on servers started for it. */
export async function openStores(): Promise<Stores> {
  const { DATABASE_URL, REDIS_URL } = process.env;
  const [postgresServer, redisServer] = await Promise.all([
    DATABASE_URL ? running(DATABASE_URL) : startPostgres(),
    REDIS_URL ? running(REDIS_URL) : startRedis(),
  ]);
  const admin = postgres(postgresServer.url, { max: 1, onnotice: () => {} });
  const createDatabase: Stores['createDatabase'] = async () => {
    const name = `laurel_bench_${randomBytes(4).toString('hex')}`;
    await admin`create database ${admin(name)}`;
    const drop = async () => {
      await admin`drop database if exists ${admin(name)} with (force)`;
    };
    return { url: databaseUrl(postgresServer.url, name), drop };
  };
  const { url, drop } = await createDatabase();
  const database = await openDatabase({ databaseUrl: url, poolSize: 2 });
  const close = async () => {
    await dropCopies(database, redisServer.url).catch((error: unknown) => console.warn('copies were left', error));
    await database.close();
    await drop();
    await admin.end();
    await Promise.all([postgresServer.stop(), redisServer.stop()]);
  };
  try {
    await database.migrate();
    const facts = { ...(await factsOf(admin)), redis: await versionOf(redisServer) };
    return { database, databaseUrl: url, redisUrl: redisServer.url, facts, createDatabase, close };
  } catch (error) {
    await close();
    throw error;
  }
}

const running = (url: string) => ({ url, isReal: true, stop: async () => {} });

/** The PostgreSQL that the tests start does not wait for the disk, so the price of a commit, which groups share, is missing. */
async function factsOf(admin: postgres.Sql): Promise<Omit<StoreFacts, 'redis'>> {
  const [row] = await admin<{ version: string; fsync: string; commit: string }[]>`
    select current_setting('server_version') as version, current_setting('fsync') as fsync,
      current_setting('synchronous_commit') as commit`;
  return {
    // Debian adds its package version in parentheses.
    postgresql: row?.version.split(' ')[0] ?? 'unknown',
    isDurable: row?.fsync === 'on' && row.commit !== 'off',
  };
}

async function versionOf({ url, isReal }: { url: string; isReal: boolean }): Promise<string> {
  const [first = url] = url.split(',');
  const client = new Redis(first, { maxRetriesPerRequest: 1 });
  try {
    const version = /redis_version:(\S+)/.exec(await client.info('server'))?.[1] ?? 'unknown';
    return isReal ? version : `${version}, played by js-redis-server`;
  } finally {
    client.disconnect();
  }
}
