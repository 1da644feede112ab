import type { Context } from '../../context.ts';
import { findLeaderboard } from '../../db/leaderboards/leaderboards.ts';
import { listPresentPeriods } from '../../db/leaderboards/periods.ts';
import { NotFoundError } from '../../domain/errors.ts';
import type { Leaderboard } from '../../domain/leaderboards/standing.ts';
import type { RebuiltCopy } from '../../mirror/rebuildCopy.ts';

export type RebuiltLeaderboard = { leaderboard: Leaderboard; copies: RebuiltCopy[] };

/** Rebuilds the copies of the present periods of a board, one after the other. Empty without Redis. May be retried. */
export async function rebuildLeaderboard(
  { game, slug }: { game: string; slug: string },
  { database, mirroring }: Context,
): Promise<RebuiltLeaderboard> {
  const leaderboard = await findLeaderboard(database, game, slug);
  if (!leaderboard) throw new NotFoundError(`There is no leaderboard "${slug}" in game "${game}".`);
  const copies: RebuiltCopy[] = [];
  for (const place of mirroring ? await listPresentPeriods(database, leaderboard.id) : []) {
    const rebuilt = await mirroring?.keeper.rebuild(place);
    if (rebuilt) copies.push(rebuilt);
  }
  return { leaderboard, copies };
}
