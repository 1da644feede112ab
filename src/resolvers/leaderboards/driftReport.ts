import type { Context } from '../../context.ts';
import { findLeaderboard } from '../../db/leaderboards/leaderboards.ts';
import { listPresentPeriods } from '../../db/leaderboards/periods.ts';
import type { CopyComparison } from '../../mirror/compareCopy.ts';

/** Compares the copies of the present periods of a board now. Null when there is no such board, empty without Redis. */
export async function driftReport(
  { game, slug }: { game: string; slug: string },
  { database, mirroring }: Context,
): Promise<CopyComparison[] | null> {
  const leaderboard = await findLeaderboard(database, game, slug);
  if (!leaderboard) return null;
  const compared: CopyComparison[] = [];
  for (const period of mirroring ? await listPresentPeriods(database, leaderboard.id) : []) {
    const comparison = await mirroring?.drift.check(period);
    if (comparison) compared.push(comparison);
  }
  return compared;
}
