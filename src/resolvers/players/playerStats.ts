import type { Context } from '../../context.ts';
import { sumStatistics } from '../../db/players/players.ts';
import type { PlayerStatistics } from '../../domain/players/player.ts';

const NOTHING: PlayerStatistics = { scores: 0, sum: 0, highScore: null };

/** Of each player, in the order of the ids. */
export async function playerStats(
  { playerIds, game }: { playerIds: string[]; game: string | null },
  ctx: Context,
): Promise<PlayerStatistics[]> {
  const sums = await sumStatistics(ctx.database, playerIds, game);
  return playerIds.map((id) => sums.get(id) ?? NOTHING);
}
