import type { Context } from '../context.ts';
import { badInput, NotFoundError, ValidationError } from '../domain/errors.ts';
import type { SubmissionRefusal, SubmissionResult } from '../domain/submission.ts';
import { type ScoreInput, submitFor } from './submitScore.ts';

export const SCORES_MAX = 100;

/** A verdict for each score, in their order; one that is refused does not touch the others. May be retried as a whole. */
export async function submitScores(
  input: (ScoreInput & { playerId: string | null })[],
  ctx: Context,
): Promise<SubmissionResult[]> {
  if (input.length > SCORES_MAX)
    throw badInput(`Send at most ${SCORES_MAX} scores at once; these are ${input.length}.`);
  return Promise.all(
    input.map(async ({ playerId, ...score }) => {
      if (playerId === null) return new ValidationError('input.player', 'is not the id of a player');
      return submitFor(playerId, score, ctx).catch(refusal);
    }),
  );
}

function refusal(error: unknown): SubmissionRefusal {
  if (error instanceof NotFoundError || error instanceof ValidationError) return error;
  throw error;
}
