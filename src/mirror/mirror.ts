import { describeError, type Log } from '../log.ts';
import type { Database } from '../db/open.ts';
import { deleteFromMirrorOutbox } from '../db/submissions/mirrorOutbox.ts';
import type { PeriodChange } from '../domain/leaderboards/periodChange.ts';
import type { Copies } from '../redis/copies.ts';
import { RedisAwayError } from '../redis/connection.ts';
import type { CopyKeeper } from './copyKeeper.ts';
import { createWarning } from '../async/warning.ts';
import { putChange } from './putChange.ts';
import { sweepMirrorOutbox } from './sweepMirrorOutbox.ts';

type CommittedBatch = { changes: PeriodChange[]; outboxId: number | null };

/** Carries what PostgreSQL has decided into the copies in Redis. */
export type Mirror = {
  /**
   * Sends the changes of a committed transaction on their way, in this turn: a read that is sent to Redis later sees them.
   * Never throws. What does not arrive stays in the mirror's outbox.
   */
  committed(batch: CommittedBatch): void;
  /** Carries on what this process or another has left in the mirror's outbox. Rejects while Redis is away. */
  sweep(): Promise<void>;
  /** Resolves when what is on its way has arrived or failed, and is noted. */
  drained(): Promise<void>;
};

/** Rows that have arrived are removed together, so long after the first of them. */
const REMOVE_AFTER_MS = 200;

export function createMirror(options: {
  database: Database;
  copies: Copies;
  keeper: Pick<CopyKeeper, 'doubt' | 'used'>;
  log: Pick<Log, 'warn'>;
}): Mirror {
  const { database, log } = options;
  const refused = createWarning(log, 'Redis refuses changes; they are stored until it takes them');
  const onTheWay = new Set<Promise<void>>();
  const arrived = collectArrived((ids) =>
    // What is not removed is found by a sweep, and repeating it is harmless.
    deleteFromMirrorOutbox(database, ids).catch((error: unknown) =>
      log.warn({ error: describeError(error) }, 'the outbox of the mirror could not be cleared'),
    ),
  );

  const deliver = async ({ changes, outboxId }: CommittedBatch) => {
    try {
      await Promise.all(changes.map((change) => putChange(options, change)));
      refused.worked();
      if (outboxId !== null) arrived.add(outboxId);
    } catch (error) {
      if (!(error instanceof RedisAwayError)) refused.failed(error);
    }
  };

  return {
    committed: (batch) => {
      const delivery = deliver(batch).finally(() => onTheWay.delete(delivery));
      onTheWay.add(delivery);
    },
    sweep: () => sweepMirrorOutbox(options),
    drained: async () => {
      await Promise.all(onTheWay);
      await arrived.flush();
    },
  };
}

/** Collects the ids of rows and hands them to `remove` together; `flush` does so at once. */
function collectArrived(remove: (ids: number[]) => Promise<void>) {
  const ids: number[] = [];
  let timer: NodeJS.Timeout | null = null;
  const flush = async () => {
    if (timer) clearTimeout(timer);
    timer = null;
    if (ids.length > 0) await remove(ids.splice(0));
  };
  return {
    add: (id: number) => {
      ids.push(id);
      timer ??= setTimeout(() => void flush(), REMOVE_AFTER_MS).unref();
    },
    flush,
  };
}
