import { fileURLToPath } from 'node:url';
import { SQL, sql } from 'drizzle-orm';
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate } from 'drizzle-orm/postgres-js/migrator';
import postgres from 'postgres';
import { RequestError } from '../domain/errors.ts';
import { retry } from '../async/retry.ts';
import { isCancelled } from './databaseErrors.ts';
import { beginInTime, boundStatement, endWith } from './statements.ts';
import { type Statement, statementOf } from './fixed.ts';
import { type Pipeline, runPipelined } from './pipeline.ts';
import { openWatchedSocket, type SocketTarget } from './watchedSocket.ts';

/** Runs one statement. int8 arrives as a number, timestamptz as a Date, json parsed. */
export type Queryable = { rows<Row>(query: SQL | Statement): Promise<Row[]> };

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
  /**
   * The same database for reads whose answer nobody waits for after the signal: what is under way then is cancelled, what
   * comes later is not begun, and both reject with TIMED_OUT. Not for writes, which might have been done.
   */
  until(signal: AbortSignal): Database;
  /** The same in fewer round trips, for `work` that sends COMMIT with its last statements. */
  pipelined<T>(work: (tx: Pipeline) => Promise<T>): Promise<T>;
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
/** A cancellation may come late and hit what runs next on the connection. That was not done, and is done again. */
const STRAY = { attempts: 2, isPassing: isCancelled, deadlineMs: STATEMENT_DEADLINE_MS / 2 };
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
/**
 * postgres.js takes these, but its types do not know them. It sends statements behind others of a connection; a transaction
 * that began as one too many there would have no connection of its own, and what came next would be in it.
 */
const connections = {
  socket: (target: SocketTarget) => openWatchedSocket(target, ANSWER_DEADLINE_MS),
  max_pipeline: Number.MAX_SAFE_INTEGER,
};

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
    ...connections,
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
  const orm = drizzle(boundedClient(client));
  // Drizzle has just told this client to hand out timestamps as text; its own columns take a Date as well.
  client.options.parsers[TIMESTAMPTZ] = (text: string) => new Date(text);
  const database: Database = {
    url,
    orm,
    rows: rowsOf(client),
    transaction: (work) => transactionOf(client, work),
    pipelined: (work) =>
      beginInTime((requireTime) =>
        runPipelined(client, rowsIn, (tx) => {
          requireTime();
          return work(tx);
        }),
      ),
    until: (signal) => ({
      ...database,
      rows: rowsOf(client, signal),
      transaction: (work) => transactionOf(client, work, signal),
    }),
    migrate: () => migrateAlone(url),
    ping: () => ping(database.rows),
    close: () => client.end({ timeout: CLOSE_DEADLINE_S }),
  };
  return database;
}

/** The client as Drizzle's query builder has it: no statement waits for a connection without an end. */
function boundedClient(client: postgres.Sql): postgres.Sql {
  const unsafe = ((...given: Parameters<typeof client.unsafe>) => boundStatement(client.unsafe(...given))) as unknown;
  return new Proxy(client, {
    get: (target, name) => (name === 'unsafe' ? unsafe : (Reflect.get(target, name) as unknown)),
  });
}

/** Statements of the pool's own connections. */
function rowsOf(client: postgres.Sql, signal?: AbortSignal): Queryable['rows'] {
  return (query) => retry(() => run(query, (...given) => boundStatement(client.unsafe(...given)), signal), STRAY);
}

async function transactionOf<T>(client: postgres.Sql, work: (tx: Transaction) => Promise<T>, signal?: AbortSignal) {
  return beginInTime(
    async (requireTime) =>
      (await client.begin(async (tx) => {
        requireTime();
        return work({
          rows: rowsIn(tx, signal),
          part: async <Part>(inner: (part: Queryable) => Promise<Part>) =>
            (await tx.savepoint((part) => inner({ rows: rowsIn(part, signal) }))) as Part,
        });
      })) as T,
  );
}

/** Statements of one transaction. */
function rowsIn(tx: postgres.TransactionSql, signal?: AbortSignal): Queryable['rows'] {
  return (query) => run(query, (...given) => tx.unsafe(...given), signal);
}

async function run<Row>(query: SQL | Statement, send: postgres.Sql['unsafe'], signal?: AbortSignal): Promise<Row[]> {
  if (signal?.aborted) throw abandoned();
  const { text, params } = query instanceof SQL ? statementOf(query) : query;
  const statement = send(text, params as postgres.ParameterOrJSON<never>[], { prepare: true });
  try {
    const rows = (await (signal ? endWith(statement, signal) : statement)) as unknown as Row[];
    if (!signal?.aborted) return rows;
  } catch (error) {
    if (!signal?.aborted) throw error;
  }
  throw abandoned();
}

const abandoned = () => new RequestError('TIMED_OUT', 'Nobody waits for the answer any more.');

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
