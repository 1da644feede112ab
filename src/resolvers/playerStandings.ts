import type { Context } from '../context.ts';
import { listStandings } from '../db/players.ts';
import type { Standing } from '../domain/standing.ts';

/** In the present periods, at most 100. */
export async function playerStandings(
  input: { playerId: string; game: string | null; dense: boolean },
  ctx: Context,
): Promise<Standing[]> {
  return listStandings(ctx.database, input);
}
