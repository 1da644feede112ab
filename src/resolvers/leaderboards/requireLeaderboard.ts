import type { Context } from '../../context.ts';
import { findLeaderboard } from '../../db/leaderboards/leaderboards.ts';
import { NotFoundError } from '../../domain/errors.ts';
import type { Leaderboard } from '../../domain/leaderboards/leaderboard.ts';

/** The board with these slugs. Throws NotFoundError. */
export async function requireLeaderboard(game: string, slug: string, { database }: Context): Promise<Leaderboard> {
  const board = await findLeaderboard(database, game, slug);
  if (!board) throw noSuchLeaderboard(game, slug);
  return board;
}

export function noSuchLeaderboard(game: string, slug: string): NotFoundError {
  return new NotFoundError(`There is no leaderboard "${slug}" in game "${game}".`);
}
