import { randomBytes } from 'node:crypto';
import postgres from 'postgres';
import type { TestProject } from 'vitest/node';
import { openDatabase } from '../../src/db/open.ts';
import { databaseUrl, startPostgres } from './postgres.ts';
import { startRedis } from './redis.ts';

declare module 'vitest' {
  // An interface, because that is what can be added to.
  interface ProvidedContext {
    /** Of the server, as a role that may create databases. */
    postgresUrl: string;
    /** A migrated, empty database for `cloneDatabase()` to copy. Clones carry its name as a prefix. */
    templateDatabase: string;
    redisUrl: string;
    /** Whether Redis itself is there; its substitute takes a hundred times as long over scripts, so tests give it less. */
    isRealRedis: boolean;
  }
}

/** Starts what all tests share, once per run, and returns what ends it. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const [postgresServer, redisServer] = await Promise.all([startPostgres(), startRedis()]);
  console.log(`postgres: ${postgresServer.source}`);
  console.log(`redis: ${redisServer.source}`);

  const templateDatabase = `laurel_template_${randomBytes(4).toString('hex')}`;
  await createTemplate(postgresServer.url, templateDatabase);

  project.provide('postgresUrl', postgresServer.url);
  project.provide('templateDatabase', templateDatabase);
  project.provide('redisUrl', redisServer.url);
  project.provide('isRealRedis', redisServer.isReal);

  return async () => {
    await dropDatabases(postgresServer.url, templateDatabase);
    await Promise.all([postgresServer.stop(), redisServer.stop()]);
  };
}

async function createTemplate(serverUrl: string, name: string): Promise<void> {
  // From template0, which nobody can be connected to.
  await withServer(serverUrl, (sql) => sql`create database ${sql(name)} template template0`);
  const database = await openDatabase({ databaseUrl: databaseUrl(serverUrl, name) });
  try {
    await database.migrate();
  } catch (error) {
    await dropDatabases(serverUrl, name);
    throw error;
  } finally {
    await database.close();
  }
}

async function dropDatabases(serverUrl: string, prefix: string): Promise<void> {
  await withServer(serverUrl, async (sql) => {
    const rows = await sql<{ name: string }[]>`
      select datname as name from pg_database where starts_with(datname, ${prefix})`;
    for (const { name } of rows) await sql`drop database if exists ${sql(name)} with (force)`;
  });
}

async function withServer(serverUrl: string, work: (sql: postgres.Sql) => Promise<unknown>): Promise<void> {
  const sql = postgres(serverUrl, { max: 1, onnotice: () => {} });
  try {
    await work(sql);
  } finally {
    await sql.end();
  }
}
