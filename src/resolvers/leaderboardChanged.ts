import type { Context } from '../context.ts';
import { findLeaderboard } from '../db/leaderboards.ts';
import type { BoardChange } from '../domain/boardChange.ts';
import { badInput } from '../domain/errors.ts';
import type { Cadence } from '../domain/period.ts';
import { PAGE_SIZE_MAX } from '../domain/standingsPage.ts';
import { requireCadence } from './standings.ts';
import { untilClosed } from './untilClosed.ts';

export type LeaderboardChangedInput = {
  game: string;
  slug: string;
  cadence: Cadence;
  top: number;
  afterRevision: number | null;
};

/** A bare iterator: it is released at once when the client leaves, which a wrapped one is not. */
export async function leaderboardChanged(
  input: LeaderboardChangedInput,
  ctx: Context,
): Promise<AsyncIterableIterator<BoardChange>> {
  const { game, slug, cadence, top, afterRevision } = input;
  if (top < 1 || top > PAGE_SIZE_MAX) throw badInput(`top is 1 to ${PAGE_SIZE_MAX}.`);
  if (afterRevision !== null && afterRevision < 0) throw badInput('afterRevision is 0 or more.');
  const board = await findWatched(game, slug, cadence, ctx);
  return untilClosed(ctx.feed.watchTop(board.id, cadence, { top, afterRevision }), ctx);
}

export async function findWatched(game: string, slug: string, cadence: Cadence, ctx: Context) {
  const board = await findLeaderboard(ctx.database, game, slug);
  if (!board) throw badInput(`There is no leaderboard "${slug}" in game "${game}".`);
  requireCadence({ cadence, cadences: board.cadences });
  return board;
}
