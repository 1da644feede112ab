import { again } from '../db/again.ts';
import { isOutage } from '../db/databaseErrors.ts';
import type { Database } from '../db/open.ts';
import { readStandingsAfter, type StandingsAfter } from '../db/readStandingsAfter.ts';
import { saveSubmissions } from '../db/saveSubmissions.ts';
import type { NewSubmission, Submission, SubmissionResult } from '../domain/submission.ts';
import { createGroupWork } from './groupWork.ts';

export type Submitter = {
  /** The verdict on one submission, once it is durable. May be retried with the same key after any error. */
  submit(submission: NewSubmission): Promise<SubmissionResult>;
  /** Where the player stood right after, the same at every asking. `dense` costs a walk over the board. */
  standingsAfter(submission: Submission, dense: boolean): Promise<StandingsAfter>;
  /** Resolves when everything that was begun is written. */
  idle(): Promise<void>;
};

const GROUP_SIZE_MAX = 250;
/** About a second of work: a caller that would wait longer is better told to come back. */
const WAITING_MAX = 20_000;

/** `changed` hears which boards have new standings, after the commit. It must not throw. */
export function createSubmitter(database: Database, changed: (leaderboardIds: string[]) => void): Submitter {
  const submissions = createGroupWork({
    sizeMax: GROUP_SIZE_MAX,
    waitingMax: WAITING_MAX,
    isOutage,
    work: async (items: NewSubmission[]) => {
      const { results, periods } = await again(() => saveSubmissions(database, items));
      if (periods.length > 0) changed([...new Set(periods.map((period) => period.leaderboardId))]);
      return results;
    },
  });
  const standings = createGroupWork({
    sizeMax: GROUP_SIZE_MAX,
    waitingMax: WAITING_MAX,
    isOutage,
    work: (asked: { submission: Submission; dense: boolean }[]) => readStandingsAfter(database, asked),
  });
  return {
    submit: submissions.add,
    standingsAfter: (submission, dense) => standings.add({ submission, dense }),
    idle: async () => {
      await submissions.idle();
      await standings.idle();
    },
  };
}
