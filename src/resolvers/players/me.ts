import type { Context } from '../../context.ts';
import { loadPlayers } from '../../db/players/players.ts';
import type { Player } from '../../domain/players/player.ts';

/** The player who asks; null for nobody, and for servers and admins that are no player. */
export async function me(ctx: Context): Promise<Player | null> {
  const playerId = ctx.viewer?.playerId;
  if (!playerId) return null;
  const [player] = await loadPlayers(ctx.database, [playerId]);
  return player ?? null;
}
