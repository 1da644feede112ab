import type { Context } from '../../context.ts';
import type { Leaderboard } from '../../domain/leaderboards/leaderboard.ts';

/** Null when the game or the board does not exist. */
export async function leaderboard(input: { game: string; slug: string }, ctx: Context): Promise<Leaderboard | null> {
  return ctx.boardReads.board(input.game, input.slug);
}
