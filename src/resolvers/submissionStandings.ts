import type { Context } from '../context.ts';
import type { StandingsAfter } from '../db/readStandingsAfter.ts';
import type { Submission } from '../domain/submission.ts';

/** Where the player stood right after the submission. */
export async function submissionStandings(
  input: { submission: Submission; dense: boolean },
  ctx: Context,
): Promise<StandingsAfter> {
  return ctx.submitter.standingsAfter(input.submission, input.dense);
}
