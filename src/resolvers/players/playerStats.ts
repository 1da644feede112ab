import type { Context } from '../../context.ts';
import { sumStatistics } from '../../db/players/players.ts';
import type { PlayerStatistics } from '../../domain/players/player.ts';

export async function playerStats(
  input: { playerId: string; game: string | null },
  ctx: Context,
): Promise<PlayerStatistics> {
  return sumStatistics(ctx.database, input.playerId, input.game);
}
