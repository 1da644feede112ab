import type { Context } from '../../context.ts';
import { sumPlayerEvents } from '../../db/events/sumPlayerEvents.ts';
import { sumStatistics } from '../../db/players/players.ts';
import type { EventStatistics, PlayerStatistics, ScoreStatistics } from '../../domain/players/player.ts';

const NO_SCORES: ScoreStatistics = { scores: 0, sum: 0, highScore: null };
const NO_EVENTS: EventStatistics = { totalEvents: 0, breakdown: {}, firstSeenAt: null, lastSeenAt: null };

/** Of each player, in the order of the ids. */
export async function playerStats(
  { playerIds, game }: { playerIds: string[]; game: string | null },
  ctx: Context,
): Promise<PlayerStatistics[]> {
  const [scores, events] = await Promise.all([
    sumStatistics(ctx.database, playerIds, game),
    sumPlayerEvents(ctx.database, playerIds, game),
  ]);
  return playerIds.map((id) => ({ ...(scores.get(id) ?? NO_SCORES), ...(events.get(id) ?? NO_EVENTS) }));
}
