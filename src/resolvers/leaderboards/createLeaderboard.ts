import { z } from 'zod';
import type { Context } from '../../context.ts';
import { findGame } from '../../db/leaderboards/games.ts';
import { insertLeaderboard } from '../../db/leaderboards/leaderboards.ts';
import { ConflictError, NotFoundError } from '../../domain/errors.ts';
import type { Cadence } from '../../domain/leaderboards/period.ts';
import type { Leaderboard } from '../../domain/leaderboards/leaderboard.ts';
import type { ScoreOperator, SortOrder } from '../../domain/leaderboards/standingOrder.ts';
import { graceRule, limitsRule, nameRule, parseInput, slugRule } from '../parseInput.ts';
import { type ScoreRuleInput, scoreRulesRule, withPresentTypes } from './scoreRules.ts';

export type CreateLeaderboardInput = {
  game: string;
  slug: string;
  name: string;
  sortOrder: SortOrder;
  operator: ScoreOperator;
  cadences: Cadence[];
  minScore?: number | null | undefined;
  maxScore?: number | null | undefined;
  graceSeconds?: number | null | undefined;
  scoreRules?: ScoreRuleInput[] | null | undefined;
};

const rules = z
  .object({
    slug: slugRule,
    name: nameRule(100),
    cadences: z.array(z.string()).min(1, 'name one cadence at least'),
    minScore: z.number().nullish(),
    maxScore: z.number().nullish(),
    graceSeconds: graceRule,
    scoreRules: scoreRulesRule,
  })
  .refine(limitsRule, { path: ['minScore'], message: 'must not be above maxScore' });

export async function createLeaderboard(input: CreateLeaderboardInput, ctx: Context): Promise<Leaderboard> {
  const { slug, name, graceSeconds, scoreRules } = parseInput(rules, input);
  const game = await findGame(ctx.database, input.game);
  if (!game) throw new NotFoundError(`There is no game with the slug "${input.game}".`);
  const created = await insertLeaderboard(ctx.database, {
    gameId: game.id,
    slug,
    name,
    sortOrder: input.sortOrder,
    operator: input.operator,
    cadences: [...new Set(input.cadences)],
    minScore: input.minScore ?? null,
    maxScore: input.maxScore ?? null,
    graceS: graceSeconds ?? 0,
    scoreRules: (await withPresentTypes(scoreRules, game.id, ctx)) ?? [],
  });
  if (!created) throw new ConflictError(`The game has a leaderboard with the slug "${slug}" already.`);
  return created;
}
