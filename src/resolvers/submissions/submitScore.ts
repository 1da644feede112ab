import { z } from 'zod';
import type { Context } from '../../context.ts';
import { NotFoundError } from '../../domain/errors.ts';
import type { NewSubmission, SubmissionResult } from '../../domain/submissions/submission.ts';
import { idempotencyKeyRule, metadataRule, parseInput } from '../parseInput.ts';
import { noSuchLeaderboard } from '../leaderboards/requireLeaderboard.ts';
import { requirePlayer } from '../requirePlayer.ts';

export type ScoreInput = {
  game: string;
  leaderboard: string;
  score: number;
  idempotencyKey: string;
  metadata?: unknown;
  /** Null: what was named is no tournament. */
  tournamentId?: string | null | undefined;
  playedAt?: Date | null | undefined;
};

const rules = z.object({
  idempotencyKey: idempotencyKeyRule,
  metadata: metadataRule,
  playedAt: z.date().min(new Date(0), 'use a moment from the year 1970 on').nullish(),
});

/** Submits the viewer's own score. May be retried with the same input: the first answer is given again. */
export async function submitScore(input: ScoreInput, ctx: Context): Promise<SubmissionResult> {
  return ctx.submitter.submit(await submissionOf(requirePlayer(ctx), input, ctx));
}

/** The input, checked as far as it can be without the player's lock. Throws ValidationError or NotFoundError. */
export async function submissionOf(playerId: string, input: ScoreInput, ctx: Context): Promise<NewSubmission> {
  const { idempotencyKey, metadata, playedAt } = parseInput(rules, input);
  const leaderboardId = await ctx.boards.idOf(input.game, input.leaderboard);
  if (!leaderboardId) throw noSuchLeaderboard(input.game, input.leaderboard);
  const { score, tournamentId } = input;
  if (tournamentId === null) throw new NotFoundError('There is no such tournament on this leaderboard.');
  return {
    playerId,
    leaderboardId,
    score,
    idempotencyKey,
    metadata,
    tournamentId: tournamentId ?? null,
    playedAt: playedAt ?? null,
  };
}
