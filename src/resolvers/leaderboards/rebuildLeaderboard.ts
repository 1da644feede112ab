import type { Context } from '../../context.ts';
import { listPresentPeriods } from '../../db/leaderboards/periods.ts';
import type { Leaderboard } from '../../domain/leaderboards/leaderboard.ts';
import type { RebuiltCopy } from '../../mirror/rebuildCopy.ts';
import { requireLeaderboard } from './requireLeaderboard.ts';

export type RebuiltLeaderboard = { leaderboard: Leaderboard; copies: RebuiltCopy[] };

/** Rebuilds the copies of the present periods of a board, one after the other. Empty without Redis. May be retried. */
export async function rebuildLeaderboard(
  { game, slug }: { game: string; slug: string },
  ctx: Context,
): Promise<RebuiltLeaderboard> {
  const { database, mirroring } = ctx;
  const leaderboard = await requireLeaderboard(game, slug, ctx);
  const copies: RebuiltCopy[] = [];
  for (const period of mirroring ? await listPresentPeriods(database, leaderboard.id) : []) {
    const rebuilt = await mirroring?.keeper.rebuild(period);
    if (rebuilt) copies.push(rebuilt);
  }
  return { leaderboard, copies };
}
