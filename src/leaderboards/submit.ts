import { retryBusy } from '../db/retryBusy.ts';
import { isOutage } from '../db/databaseErrors.ts';
import type { Database } from '../db/open.ts';
import { entriesAsked } from '../db/submissions/storeRanks.ts';
import { readStandingsAfter, type StandingsAfter } from '../db/submissions/readStandingsAfter.ts';
import { type SavedBatch, saveSubmissions } from '../db/submissions/saveSubmissions.ts';
import type { NewSubmission, Submission, SubmissionResult } from '../domain/submissions/submission.ts';
import type { RankCounter } from '../mirror/countRanks.ts';
import { createGroupWork } from '../async/groupWork.ts';

export type Submitter = {
  /** The verdict on one submission, once it is durable. May be retried with the same key after any error. */
  submit(submission: NewSubmission): Promise<SubmissionResult>;
  /** Where the player stood right after, the same at every asking. `dense` costs a walk over the board. */
  standingsAfter(submission: Submission, dense: boolean): Promise<StandingsAfter>;
  /** Resolves when everything that was begun is written. */
  drained(): Promise<void>;
};

const GROUP_SIZE_MAX = 250;
/** While one waits for the disk, the next is read and decided. They meet at their periods, so that more would only wait there. */
const GROUPS_MAX = 2;
/** About a second of work: a caller that would wait longer is better told to come back. */
const WAITING_MAX = 20_000;

/**
 * `committed` is called with what a transaction changed, before anybody is answered. It must not throw. With `countRanks`, what it
 * can count need not be counted by PostgreSQL, and changes are noted for the store that counts.
 */
export function createSubmitter(
  database: Database,
  committed: (batch: SavedBatch) => void,
  { countRanks }: { countRanks?: RankCounter | undefined } = {},
): Submitter {
  const submissions = createGroupWork({
    sizeMax: GROUP_SIZE_MAX,
    waitingMax: WAITING_MAX,
    groupsMax: GROUPS_MAX,
    keyOf: ({ playerId }) => playerId,
    isOutage,
    work: async (items: NewSubmission[]) => {
      const batch = await retryBusy(() => saveSubmissions(database, items, { isMirrored: countRanks !== undefined }));
      committed(batch);
      return batch.results;
    },
  });
  const standings = createGroupWork({
    sizeMax: GROUP_SIZE_MAX,
    waitingMax: WAITING_MAX,
    isOutage,
    work: async (asked: { submission: Submission; dense: boolean }[]) =>
      readStandingsAfter(database, asked, await countRanks?.(entriesAsked(asked))),
  });
  return {
    submit: submissions.add,
    standingsAfter: (submission, dense) => standings.add({ submission, dense }),
    drained: async () => {
      await submissions.drained();
      await standings.drained();
    },
  };
}
