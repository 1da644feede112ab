import type { Context } from '../context.ts';
import { listGames } from '../db/games.ts';
import type { Game } from '../domain/player.ts';

/** All games, by slug. */
export async function games(ctx: Context): Promise<Game[]> {
  return listGames(ctx.database);
}
