import { describeError, type Log } from '../log.ts';
import type { Database } from '../db/open.ts';
import { deleteFromMirrorOutbox, readBacklog, readMirrorOutbox } from '../db/submissions/mirrorOutbox.ts';
import type { PeriodChange } from '../domain/leaderboards/periodChange.ts';
import type { Copies } from '../redis/copies.ts';
import { RedisAwayError } from '../redis/connection.ts';
import type { CopyKeeper } from './copyKeeper.ts';
import { createWarning } from '../async/warning.ts';

/** Tells Redis what PostgreSQL has decided. */
export type Mirror = {
  /**
   * Sends the changes of a committed transaction on their way, in this turn: a read that is sent to Redis later sees them.
   * Never throws. What does not arrive stays in the mirror's outbox.
   */
  committed(batch: { changes: PeriodChange[]; outboxId: number | null }): void;
  /** Carries on what this process or another has left in the mirror's outbox. Rejects while Redis is away. */
  sweep(): Promise<void>;
  /** Resolves when what is on its way has arrived or failed, and is noted. */
  drained(): Promise<void>;
};

/** Whoever made a row removes it within a fraction of this; whoever waits for a dead one's, waits so long and a sweep. */
const LEFT_BEHIND_MS = 1_500;
const SWEEP_ROWS = 200;
/** From here on reading whole periods is faster than following their changes. */
const BACKLOG_ROWS = 2_000;
const FLUSH_MS = 200;

export function createMirror(options: {
  database: Database;
  copies: Copies;
  keeper: Pick<CopyKeeper, 'doubt' | 'used'>;
  log: Pick<Log, 'warn'>;
}): Mirror {
  const { database, copies, keeper, log } = options;
  const refused = createWarning(log, 'Redis refuses changes; they are kept until it takes them');
  const onTheWay = new Set<Promise<void>>();
  let arrived: number[] = [];
  let timer: NodeJS.Timeout | null = null;

  const put = async (change: PeriodChange): Promise<void> => {
    const outcome = await copies.put(change);
    if (outcome === 'gap') keeper.doubt(change, 'behind');
    else if (outcome === 'missing' || outcome === 'broken') keeper.doubt(change, 'unusable');
    else keeper.used(change);
  };

  const flush = async () => {
    if (timer) clearTimeout(timer);
    timer = null;
    const ids = arrived.splice(0);
    if (ids.length === 0) return;
    // What is not removed is found by a sweep, and repeating it is harmless.
    await deleteFromMirrorOutbox(database, ids).catch((error: unknown) =>
      log.warn({ error: describeError(error) }, 'the outbox of the mirror could not be cleared'),
    );
  };

  const deliver = async ({ changes, outboxId }: { changes: PeriodChange[]; outboxId: number | null }) => {
    try {
      await Promise.all(changes.map(put));
      refused.worked();
    } catch (error) {
      if (!(error instanceof RedisAwayError)) refused.failed(error);
      return;
    }
    if (outboxId === null) return;
    arrived.push(outboxId);
    timer ??= setTimeout(() => void flush(), FLUSH_MS).unref();
  };

  return {
    committed: (batch) => {
      const delivery = deliver(batch).finally(() => onTheWay.delete(delivery));
      onTheWay.add(delivery);
    },
    sweep: async () => {
      for (;;) {
        const backlog = await readBacklog(database, { ageMs: LEFT_BEHIND_MS, limit: BACKLOG_ROWS });
        if (!backlog) break;
        for (const period of backlog.periods) {
          await copies.drop(period);
          keeper.doubt(period, 'unusable');
        }
        await deleteFromMirrorOutbox(database, backlog.ids);
      }
      for (;;) {
        const rows = await readMirrorOutbox(database, { ageMs: LEFT_BEHIND_MS, limit: SWEEP_ROWS });
        for (const { changes } of rows) await Promise.all(changes.map(put));
        if (rows.length > 0) {
          await deleteFromMirrorOutbox(
            database,
            rows.map(({ id }) => id),
          );
        }
        if (rows.length < SWEEP_ROWS) return;
      }
    },
    drained: async () => {
      await Promise.all(onTheWay);
      await flush();
    },
  };
}
