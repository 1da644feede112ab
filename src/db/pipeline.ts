import postgres from 'postgres';
import { codeOf, isOutageCode } from '../log.ts';
import type { Queryable } from './open.ts';

export type Pipeline = Queryable & {
  /** Ends the transaction. Call it in the same turn as the last statements: COMMIT is sent right behind them. */
  commit(): Promise<void>;
};

type Rows = (client: postgres.Sql) => Queryable['rows'];

/**
 * postgres.js holds back what is shorter than this until the end of the turn, which under load is milliseconds away, with all
 * locks held.
 */
const SENT_AT_ONCE_BYTES = 1_024;
const COMMIT = 'commit'.padEnd(SENT_AT_ONCE_BYTES);

/**
 * A transaction that takes two round trips less than `transaction`: BEGIN is sent together with the first statements of
 * `work`, and COMMIT with the last. When a statement fails, so do those that were sent behind it, and nothing is kept.
 * `work` may wait for nothing but its statements.
 */
export async function runPipelined<T>(
  client: postgres.Sql,
  rowsOf: Rows,
  work: (tx: Pipeline) => Promise<T>,
): Promise<T> {
  const connection = await client.reserve();
  let isCommitted = false;
  const commit = async () => {
    const { command } = await connection.unsafe(COMMIT);
    if (command !== 'COMMIT') throw new Error('a transaction was rolled back');
    isCommitted = true;
  };
  try {
    const begun = connection.unsafe('begin').execute();
    const [result] = await Promise.all([work({ rows: rowsOf(connection), commit }), begun]);
    if (!isCommitted) throw new Error('a transaction was left without its commit');
    connection.release();
    return result;
  } catch (error) {
    // A connection that is lost has left its place in the pool already.
    if (!isLost(error)) await connection.unsafe('rollback').then(connection.release, () => {});
    throw error;
  }
}

/** Whether the connection is gone. What PostgreSQL itself says, it says over one that is there. */
function isLost(error: unknown): boolean {
  return !(error instanceof postgres.PostgresError) && isOutageCode(codeOf(error));
}
