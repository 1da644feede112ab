import type { Database } from '../db/open.ts';
import { deleteFromMirrorOutbox, readBacklog, readMirrorOutbox } from '../db/submissions/mirrorOutbox.ts';
import type { Copies } from '../redis/copies.ts';
import type { CopyKeeper } from './copyKeeper.ts';
import { putChange } from './putChange.ts';

type Stores = { database: Database; copies: Copies; keeper: Pick<CopyKeeper, 'doubt' | 'used'> };

/** Whoever made a row removes it within a fraction of this; what a dead process left waits so long and a sweep. */
const LEFT_BEHIND_MS = 1_500;
const SWEEP_ROWS = 200;
/** From here on reading whole periods is faster than following their changes. */
const BACKLOG_ROWS = 2_000;

/** Sends on what this process or another has left in the mirror's outbox. Rejects while Redis is away; may be repeated. */
export async function sweepMirrorOutbox(stores: Stores): Promise<void> {
  await dropBacklog(stores);
  await putRows(stores);
}

/** Of a long backlog the copies are given up: each is rebuilt with all that it lacks. */
async function dropBacklog({ database, copies, keeper }: Stores): Promise<void> {
  for (;;) {
    const backlog = await readBacklog(database, { ageMs: LEFT_BEHIND_MS, limit: BACKLOG_ROWS });
    if (!backlog) return;
    for (const period of backlog.periods) {
      await copies.drop(period);
      keeper.doubt(period, 'unusable');
    }
    await deleteFromMirrorOutbox(database, backlog.ids);
  }
}

async function putRows(stores: Stores): Promise<void> {
  const { database } = stores;
  for (;;) {
    const rows = await readMirrorOutbox(database, { ageMs: LEFT_BEHIND_MS, limit: SWEEP_ROWS });
    for (const { changes } of rows) await Promise.all(changes.map((change) => putChange(stores, change)));
    const ids = rows.map(({ id }) => id);
    if (ids.length > 0) await deleteFromMirrorOutbox(database, ids);
    if (ids.length < SWEEP_ROWS) return;
  }
}
