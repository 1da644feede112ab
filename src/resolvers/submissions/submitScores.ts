import type { Context } from '../../context.ts';
import { badInput, NotFoundError, ValidationError } from '../../domain/errors.ts';
import { hasRole } from '../../domain/players/viewer.ts';
import type { SubmissionRefusal, SubmissionResult } from '../../domain/submissions/submission.ts';
import { type ScoreInput, submissionOf } from './submitScore.ts';

const SCORES_MAX = 100;

/**
 * A verdict for each score, in their order; one that is refused does not touch the others. May be retried as a whole. What an
 * admin sends is an import, which may tell of plays of any age.
 */
export async function submitScores(
  input: (ScoreInput & { playerId: string | null })[],
  ctx: Context,
): Promise<SubmissionResult[]> {
  if (input.length > SCORES_MAX)
    throw badInput(`Send at most ${SCORES_MAX} scores at once; these are ${input.length}.`);
  const isImport = hasRole(ctx.viewer, 'admin');
  const checked = await Promise.all(
    input.map(async ({ playerId, ...score }) => {
      if (playerId === null) return new ValidationError('input.player', 'is not the id of a player');
      return submissionOf(playerId, score, ctx).catch(takeRefusal);
    }),
  );
  // All checked first and then handed over in one go, so that they are accepted in the order of the list.
  return Promise.all(
    checked.map(async (item) => (item instanceof Error ? item : ctx.submitter.submit({ ...item, isImport }))),
  );
}

function takeRefusal(error: unknown): SubmissionRefusal {
  if (error instanceof NotFoundError || error instanceof ValidationError) return error;
  throw error;
}
