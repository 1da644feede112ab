import type { Context } from '../../context.ts';
import { findPrize, listPlayerPrizes, listTournamentPrizes } from '../../db/prizes/prizes.ts';
import type { Page } from '../../domain/page.ts';
import type { Prize, PrizeState } from '../../domain/prizes/prize.ts';
import { hasRole } from '../../domain/players/viewer.ts';
import { isId } from '../../domain/id.ts';
import { type PageArguments, pageQuery, parsePageCursor, parseRankCursor } from '../pageCursor.ts';
import { requirePlayer } from '../requirePlayer.ts';

type PrizesInput = PageArguments & { state?: PrizeState | null | undefined };

/** The viewer's own, the latest award first. */
export async function prizes(input: PrizesInput, ctx: Context): Promise<Page<Prize>> {
  const query = { playerId: requirePlayer(ctx), state: input.state ?? null };
  return listPlayerPrizes(ctx.database, { ...query, ...pageQuery(input, parsePageCursor) });
}

/** All prizes of a tournament, by rank. */
export async function tournamentPrizes(
  input: PrizesInput & { tournamentId: string },
  ctx: Context,
): Promise<Page<Prize>> {
  const query = { tournamentId: input.tournamentId, state: input.state ?? null };
  return listTournamentPrizes(ctx.database, { ...query, ...pageQuery(input, parseRankCursor) });
}

/** A prize is seen by its player and by admins; to all others it does not exist. */
export async function findVisiblePrize(id: string, ctx: Context): Promise<Prize | null> {
  const prize = isId(id) ? await findPrize(ctx.database, id) : null;
  const isOwn = prize !== null && prize.playerId === ctx.viewer?.playerId;
  return isOwn || hasRole(ctx.viewer, 'admin') ? prize : null;
}
