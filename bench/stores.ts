import { randomBytes } from 'node:crypto';
import postgres from 'postgres';
import { type Database, openDatabase } from '../src/db/open.ts';
import { databaseUrl, startPostgres } from '../test/setup/postgres.ts';
import { startRedis } from '../test/setup/redis.ts';

export type Stores = {
  database: Database;
  databaseUrl: string;
  redisUrl: string;
  /** Drops the database and ends the servers that were started. */
  close(): Promise<void>;
};

/** A database of its own on the PostgreSQL at DATABASE_URL and the Redis at REDIS_URL, or on servers started for it. */
export async function openStores(): Promise<Stores> {
  const { DATABASE_URL, REDIS_URL } = process.env;
  const [postgresServer, redisServer] = await Promise.all([
    DATABASE_URL ? running(DATABASE_URL) : startPostgres(),
    REDIS_URL ? running(REDIS_URL) : startRedis(),
  ]);
  const admin = postgres(postgresServer.url, { max: 1, onnotice: () => {} });
  const name = `laurel_bench_${randomBytes(4).toString('hex')}`;
  await admin`create database ${admin(name)}`;
  const url = databaseUrl(postgresServer.url, name);
  const database = await openDatabase({ databaseUrl: url });
  const close = async () => {
    await database.close();
    await admin`drop database if exists ${admin(name)} with (force)`;
    await admin.end();
    await Promise.all([postgresServer.stop(), redisServer.stop()]);
  };
  try {
    await database.migrate();
    console.log(`PostgreSQL ${postgresServer.source}, ${await durabilityOf(admin)}\nRedis      ${redisServer.source}`);
  } catch (error) {
    await close();
    throw error;
  }
  return { database, databaseUrl: url, redisUrl: redisServer.url, close };
}

const running = (url: string) => ({ url, source: `at ${new URL(url).host}`, stop: async () => {} });

/** The PostgreSQL that the tests start does not wait for the disk, so the price of a commit, which groups share, is missing. */
async function durabilityOf(admin: postgres.Sql): Promise<string> {
  const [row] = await admin<{ fsync: string; commit: string }[]>`
    select current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit`;
  const isDurable = row?.fsync === 'on' && row.commit !== 'off';
  return isDurable
    ? 'commits wait for the disk'
    : 'commits do NOT wait for the disk: set DATABASE_URL for figures that count';
}
