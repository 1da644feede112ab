import type { Context } from '../../context.ts';
import { listPlaces } from '../../db/players/players.ts';
import type { Standing } from '../../domain/leaderboards/standing.ts';
import { readPage } from './readPage.ts';

/** In the present periods, at most 100. */
export async function playerStandings(
  input: { playerId: string; game: string | null; dense: boolean },
  ctx: Context,
): Promise<Standing[]> {
  const { playerId, game, dense } = input;
  const range = { kind: 'players' as const, playerIds: [playerId] };
  const places = await listPlaces(ctx.database, { playerId, game });
  const pages = await Promise.all(places.map((place) => readPage({ ...place, at: null, range, dense }, ctx)));
  return pages.flatMap((page) => page.rows);
}
