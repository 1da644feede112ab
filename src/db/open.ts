import { fileURLToPath } from 'node:url';
import { PGlite } from '@electric-sql/pglite';
import { type SQL, sql } from 'drizzle-orm';
import { drizzle as drizzlePglite } from 'drizzle-orm/pglite';
import { migrate as migratePglite } from 'drizzle-orm/pglite/migrator';
import { type PgDatabase, PgDialect, type PgQueryResultHKT } from 'drizzle-orm/pg-core';
import { drizzle as drizzlePostgres } from 'drizzle-orm/postgres-js';
import { migrate as migratePostgres } from 'drizzle-orm/postgres-js/migrator';
import postgres from 'postgres';
import { lockFolder } from './lockFolder.ts';
import * as prizeTables from './prizes/tables.ts';
import * as boardTables from './tables.ts';
import * as tournamentTables from './tournaments/tables.ts';
import * as webhookTables from './webhooks/tables.ts';
import { openWatchedSocket, type SocketTarget } from './watchedSocket.ts';

const tables = { ...boardTables, ...tournamentTables, ...prizeTables, ...webhookTables };

/** Runs one statement. int8 arrives as a number, timestamptz as a Date, json parsed, on both kinds of database. */
export type Queryable = { rows<Row>(query: SQL): Promise<Row[]> };

export type Database = Queryable & {
  kind: 'pglite' | 'postgres';
  /** For whoever keeps tables of its own in the same database, by connections of its own where there can be several. */
  source: { url: string } | { pglite: PGlite };
  /** Drizzle's query builder, for statements that need no transaction. */
  orm: PgDatabase<PgQueryResultHKT, typeof tables>;
  /** Rolls back when `work` throws. Inside, use only the handle that it is given. */
  transaction<T>(work: (tx: Queryable) => Promise<T>): Promise<T>;
  /** Applies the migrations in `drizzle/` that have not been applied yet. */
  migrate(): Promise<void>;
  /** Rejects when no statement can be run. */
  ping(): Promise<void>;
  close(): Promise<void>;
};

/** PostgreSQL where there is a URL, else PGlite in the folder. */
export type DatabaseOptions = { databaseUrl?: string | null; dataDir?: string; poolSize?: number };

const MIGRATIONS = { migrationsFolder: fileURLToPath(new URL('../../drizzle', import.meta.url)) };
const INT8 = 20;
const TIMESTAMPTZ = 1184;
/** The timer also counts the time that this process is too busy to hear the answer. */
const CONNECT_DEADLINE_S = 2;
/** An answer may take as long as a statement may, and a second for the way. */
const ANSWER_DEADLINE_MS = 3_000;
const RECONNECT_S = 0.2;
const LOCK_DEADLINE_MS = 1_000;
const STATEMENT_DEADLINE_MS = 2_000;
const CLOSE_DEADLINE_S = 5;

/**
 * Our statements are short and few, and each is look-ups by index from a few rows outwards. Compiling one, starting helpers
 * for it, or planning it anew each time takes longer than running it; and since the plan is kept, it must also be the right
 * one after the tables, small when it was made, have grown. In words, because postgres.js leaves out what is false.
 */
const PLANNING = {
  jit: 'off',
  max_parallel_workers_per_gather: '0',
  plan_cache_mode: 'force_generic_plan',
  enable_seqscan: 'off',
  enable_bitmapscan: 'off',
  enable_hashjoin: 'off',
  enable_mergejoin: 'off',
};
const dialect = new PgDialect();
/** postgres.js takes it, but its types do not know it. */
const watched = { socket: (target: SocketTarget) => openWatchedSocket(target, ANSWER_DEADLINE_MS) };

/** Opens PostgreSQL with all its connections, or PGlite in a folder of its own that no other process may use meanwhile. */
export async function openDatabase({ databaseUrl, dataDir, poolSize }: DatabaseOptions): Promise<Database> {
  if (databaseUrl) return openPostgres(databaseUrl, poolSize);
  if (dataDir) return openPglite(dataDir);
  throw new Error('a database needs a URL or a folder');
}

async function openPostgres(url: string, poolSize = 10): Promise<Database> {
  const client = postgres(url, {
    max: poolSize,
    connect_timeout: CONNECT_DEADLINE_S,
    ...watched,
    // Its own default grows to 20 s, and so would the time to notice that the database is back.
    backoff: () => RECONNECT_S,
    onnotice: () => {},
    connection: {
      application_name: 'laurel',
      TimeZone: 'UTC',
      ...PLANNING,
      lock_timeout: LOCK_DEADLINE_MS,
      statement_timeout: STATEMENT_DEADLINE_MS,
    },
    types: { bigint: { to: INT8, from: [INT8], parse: Number, serialize: String } },
  });
  // All at once and now: in the middle of a crowd, opening one would take long and count as an outage.
  await Promise.all(Array.from({ length: poolSize }, () => client`select 1`.catch(() => {})));
  const orm = drizzlePostgres(client, { schema: tables });
  // Drizzle has just told this client to hand out timestamps as text; its own columns take a Date as well.
  client.options.parsers[TIMESTAMPTZ] = (text: string) => new Date(text);
  return {
    kind: 'postgres',
    source: { url },
    orm,
    rows: postgresRows(client),
    transaction: async <T>(work: (tx: Queryable) => Promise<T>) =>
      (await client.begin((tx) => work({ rows: postgresRows(tx) }))) as T,
    migrate: () => migrateAlone(url),
    ping: () => ping(postgresRows(client)),
    close: () => client.end({ timeout: CLOSE_DEADLINE_S }),
  };
}

function postgresRows(client: postgres.Sql | postgres.TransactionSql): Queryable['rows'] {
  return async <Row>(query: SQL) => {
    const { sql: text, params } = dialect.sqlToQuery(query);
    return (await client.unsafe(text, params as postgres.ParameterOrJSON<never>[], {
      prepare: true,
    })) as unknown as Row[];
  };
}

/** On a connection without deadlines, under a lock: several instances may start at once, and an index may take long. */
async function migrateAlone(url: string): Promise<void> {
  const client = postgres(url, { max: 1, connect_timeout: CONNECT_DEADLINE_S, onnotice: () => {} });
  try {
    await client`select pg_advisory_lock(hashtext('laurel migrations'))`;
    await migratePostgres(drizzlePostgres(client), MIGRATIONS);
  } finally {
    await client.end({ timeout: CLOSE_DEADLINE_S });
  }
}

async function openPglite(dataDir: string): Promise<Database> {
  const unlock = lockFolder(dataDir);
  try {
    const client = await PGlite.create({
      dataDir: `${dataDir}/database`,
      parsers: { [INT8]: Number },
    });
    const settings = Object.entries({ ...PLANNING, timezone: 'UTC' });
    await client.exec(settings.map(([name, value]) => `set ${name} = '${value}';`).join(' '));
    const orm = drizzlePglite(client, { schema: tables });
    return {
      kind: 'pglite',
      source: { pglite: client },
      orm,
      rows: pgliteRows(client),
      transaction: (work) => client.transaction((tx) => work({ rows: pgliteRows(tx) })),
      migrate: () => migratePglite(orm, MIGRATIONS),
      ping: () => ping(pgliteRows(client)),
      close: async () => {
        await client.close();
        unlock();
      },
    };
  } catch (error) {
    unlock();
    throw error;
  }
}

async function ping(rows: Queryable['rows']): Promise<void> {
  await rows(sql`select 1`);
}

function pgliteRows(client: Pick<PGlite, 'query'>): Queryable['rows'] {
  return async <Row>(query: SQL) => {
    const { sql: text, params } = dialect.sqlToQuery(query);
    return (await client.query<Row>(text, params)).rows;
  };
}
