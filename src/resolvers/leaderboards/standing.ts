import type { Context } from '../../context.ts';
import type { Cadence } from '../../domain/leaderboards/period.ts';
import type { Standing } from '../../domain/leaderboards/standing.ts';
import { readPage } from './readPage.ts';
import { requireCadence } from './standings.ts';

export type StandingInput = {
  leaderboardId: string;
  cadence: Cadence;
  cadences: Cadence[];
  playerId: string;
  at?: Date | null | undefined;
  dense: boolean;
};

/** Null when the player has no score in the period. */
export async function standing(input: StandingInput, ctx: Context): Promise<Standing | null> {
  requireCadence(input);
  const { leaderboardId, cadence, playerId, dense } = input;
  const range = { kind: 'players' as const, playerIds: [playerId] };
  const page = await readPage({ leaderboardId, cadence, at: input.at ?? null, range, dense }, ctx);
  return page.rows[0] ?? null;
}
