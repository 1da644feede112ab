import type { Context } from '../../context.ts';
import type { Cadence } from '../../domain/leaderboards/period.ts';
import type { Standing } from '../../domain/leaderboards/standing.ts';
import { requireWatched } from './leaderboardChanged.ts';
import { requirePlayer } from '../requirePlayer.ts';

/** The viewer's own standing, now and whenever it changes. Null: the viewer stands nowhere. */
export async function standingChanged(
  input: { game: string; slug: string; cadence: Cadence },
  ctx: Context,
): Promise<AsyncIterableIterator<Standing | null>> {
  const playerId = requirePlayer(ctx);
  const board = await requireWatched(input.game, input.slug, input.cadence, ctx);
  return ctx.boardFeed.watchStanding(board.id, input.cadence, playerId);
}
