import type postgres from 'postgres';
import type { Queryable } from './open.ts';

export type Pipeline = Queryable & {
  /** Ends the transaction. Call it in the same turn as the last statements: COMMIT is sent right behind them. */
  commit(): Promise<void>;
};

type Rows = (client: postgres.TransactionSql) => Queryable['rows'];

/**
 * postgres.js holds back what is shorter than this until the end of the turn, which under load is milliseconds away, with all
 * locks held.
 */
const SENT_AT_ONCE_BYTES = 1_024;
const COMMIT = 'commit'.padEnd(SENT_AT_ONCE_BYTES);

/**
 * A transaction that takes a round trip less than `transaction`: COMMIT is sent together with the last statements of `work`.
 * When a statement fails, so do those that were sent behind it, and nothing is kept.
 *
 * postgres.js ends a transaction itself when its callback settles, and takes the connection back when PostgreSQL says that no
 * transaction is open. After a COMMIT of ours only the second may happen, so the callback is then left unsettled: another
 * transaction may have the connection already.
 */
export function runPipelined<T>(client: postgres.Sql, rowsOf: Rows, work: (tx: Pipeline) => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const run = async (tx: postgres.TransactionSql): Promise<never> => {
      let isEnding = false;
      const commit = async () => {
        isEnding = true;
        const { command } = await tx.unsafe(COMMIT);
        if (command !== 'COMMIT') throw new Error('a transaction was rolled back');
      };
      try {
        const result = await work({ rows: rowsOf(tx), commit });
        if (!isEnding) throw new Error('a transaction was left without its commit');
        resolve(result);
      } catch (error) {
        if (!isEnding) throw error;
        reject(error);
      }
      return new Promise(() => {});
    };
    client.begin(run).catch(reject);
  });
}
