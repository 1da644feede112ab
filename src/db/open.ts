import { fileURLToPath } from 'node:url';
import { type SQL, sql } from 'drizzle-orm';
import { type PgDatabase, PgDialect, type PgQueryResultHKT } from 'drizzle-orm/pg-core';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate } from 'drizzle-orm/postgres-js/migrator';
import postgres from 'postgres';
import { openWatchedSocket, type SocketTarget } from './watchedSocket.ts';

/** Runs one statement. int8 arrives as a number, timestamptz as a Date, json parsed. */
export type Queryable = { rows<Row>(query: SQL): Promise<Row[]> };

/** Runs statements that commit together. */
export type Transaction = Queryable & {
  /** A part that is undone alone when `work` throws; then the transaction can go on. Inside, use only the handle that it is given. */
  part<T>(work: (part: Queryable) => Promise<T>): Promise<T>;
};

export type Database = Queryable & {
  /** For whoever needs connections of its own. Holds the password. */
  url: string;
  /** Drizzle's query builder, for statements that need no transaction. */
  orm: PgDatabase<PgQueryResultHKT>;
  /** Rolls back when `work` throws. Inside, use only the handle that it is given. */
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
  /** Applies the migrations in `drizzle/` that have not been applied yet. */
  migrate(): Promise<void>;
  /** Rejects when no statement can be run. */
  ping(): Promise<void>;
  close(): Promise<void>;
};

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

/** Opens PostgreSQL with all its connections. Does not throw when it is away: what is asked of it then does. */
export async function openDatabase({
  databaseUrl: url,
  poolSize = 10,
}: {
  databaseUrl: string;
  poolSize?: number;
}): Promise<Database> {
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
  const orm = drizzle(client);
  // Drizzle has just told this client to hand out timestamps as text; its own columns take a Date as well.
  client.options.parsers[TIMESTAMPTZ] = (text: string) => new Date(text);
  return {
    url,
    orm,
    rows: rowsOf(client),
    transaction: async <T>(work: (tx: Transaction) => Promise<T>) =>
      (await client.begin((tx) => work(transactionOf(tx)))) as T,
    migrate: () => migrateAlone(url),
    ping: () => ping(rowsOf(client)),
    close: () => client.end({ timeout: CLOSE_DEADLINE_S }),
  };
}

function rowsOf(client: postgres.Sql | postgres.TransactionSql): Queryable['rows'] {
  return async <Row>(query: SQL) => {
    const { sql: text, params } = dialect.sqlToQuery(query);
    return (await client.unsafe(text, params as postgres.ParameterOrJSON<never>[], {
      prepare: true,
    })) as unknown as Row[];
  };
}

function transactionOf(tx: postgres.TransactionSql): Transaction {
  return {
    rows: rowsOf(tx),
    part: async <T>(work: (part: Queryable) => Promise<T>) =>
      (await tx.savepoint((part) => work({ rows: rowsOf(part) }))) as T,
  };
}

/** On a connection without deadlines, under a lock: several instances may start at once, and an index may take long. */
async function migrateAlone(url: string): Promise<void> {
  const client = postgres(url, { max: 1, connect_timeout: CONNECT_DEADLINE_S, onnotice: () => {} });
  try {
    await client`select pg_advisory_lock(hashtext('laurel migrations'))`;
    await migrate(drizzle(client), MIGRATIONS);
  } finally {
    await client.end({ timeout: CLOSE_DEADLINE_S });
  }
}

async function ping(rows: Queryable['rows']): Promise<void> {
  await rows(sql`select 1`);
}
