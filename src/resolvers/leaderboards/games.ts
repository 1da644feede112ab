import type { Context } from '../../context.ts';
import { listGames } from '../../db/leaderboards/games.ts';
import type { Game } from '../../domain/leaderboards/game.ts';

/** All games, by slug. */
export async function games(ctx: Context): Promise<Game[]> {
  return listGames(ctx.database);
}
