import type { Context } from '../../context.ts';
import type { StandingsAfter } from '../../db/submissions/readStandingsAfter.ts';
import type { Submission } from '../../domain/submissions/submission.ts';

/** Where the player stood right after the submission. */
export async function submissionStandings(
  input: { submission: Submission; dense: boolean },
  ctx: Context,
): Promise<StandingsAfter> {
  return ctx.submitter.standingsAfter(input.submission, input.dense);
}
