import { z } from 'zod';
import type { Context } from '../../context.ts';
import { insertGame } from '../../db/leaderboards/games.ts';
import { ConflictError } from '../../domain/errors.ts';
import type { Game } from '../../domain/leaderboards/game.ts';
import { nameRule, parseInput, slugRule } from '../parseInput.ts';

const rules = z.object({ slug: slugRule, name: nameRule(100) });

export async function createGame(input: { slug: string; name: string }, ctx: Context): Promise<Game> {
  const game = parseInput(rules, input);
  const created = await insertGame(ctx.database, game);
  if (!created) throw new ConflictError(`There is a game with the slug "${game.slug}" already.`);
  return created;
}
