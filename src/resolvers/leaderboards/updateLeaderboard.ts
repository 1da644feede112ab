import { z } from 'zod';
import type { Context } from '../../context.ts';
import { updateLeaderboard as update } from '../../db/leaderboards/leaderboards.ts';
import { ValidationError } from '../../domain/errors.ts';
import type { Leaderboard } from '../../domain/leaderboards/leaderboard.ts';
import { graceRule, limitsRule, nameRule, parseInput } from '../parseInput.ts';
import { type ScoreRuleInput, scoreRulesRule, withPresentTypes } from './scoreRules.ts';
import { noSuchLeaderboard, requireLeaderboard } from './requireLeaderboard.ts';

export type UpdateLeaderboardInput = {
  game: string;
  slug: string;
  name?: string | null | undefined;
  minScore?: number | null | undefined;
  maxScore?: number | null | undefined;
  graceSeconds?: number | null | undefined;
  scoreRules?: ScoreRuleInput[] | null | undefined;
};

const rules = z.object({ name: nameRule(100).nullish(), graceSeconds: graceRule, scoreRules: scoreRulesRule });

/** Changes the name, the limits, the grace or the score rules. New ones hold for submissions from then on; entries stay as they are. */
export async function updateLeaderboard(input: UpdateLeaderboardInput, ctx: Context): Promise<Leaderboard> {
  const { name, graceSeconds, scoreRules } = parseInput(rules, input);
  const board = await requireLeaderboard(input.game, input.slug, ctx);
  const present = await withPresentTypes(scoreRules, board.gameId, ctx);
  const changes = {
    name: name ?? board.name,
    minScore: input.minScore === undefined ? board.minScore : input.minScore,
    maxScore: input.maxScore === undefined ? board.maxScore : input.maxScore,
    graceS: graceSeconds ?? board.graceS,
    ...(present ? { scoreRules: present } : {}),
  };
  if (!limitsRule(changes)) throw new ValidationError('input.minScore', 'must not be above maxScore');
  const updated = await update(ctx.database, board.id, changes);
  if (!updated) throw noSuchLeaderboard(input.game, input.slug);
  return updated;
}
