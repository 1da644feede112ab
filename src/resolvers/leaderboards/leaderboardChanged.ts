import type { Context } from '../../context.ts';
import { findLeaderboard } from '../../db/leaderboards/leaderboards.ts';
import type { BoardChange } from '../../domain/leaderboards/boardChange.ts';
import { badInput } from '../../domain/errors.ts';
import type { Cadence } from '../../domain/leaderboards/period.ts';
import { PAGE_SIZE_MAX } from '../../domain/leaderboards/standingsPage.ts';
import { noSuchLeaderboard } from './requireLeaderboard.ts';
import { requireCadence } from './standings.ts';
import { untilClosed } from '../untilClosed.ts';

export type LeaderboardChangedInput = {
  game: string;
  slug: string;
  cadence: Cadence;
  top: number;
  afterRevision: number | null;
};

/**
 * Where the client goes on after a revision: the argument, or else what its EventSource says by itself. A bare iterator:
 * it is released at once when the client leaves, which a wrapped one is not.
 */
export async function leaderboardChanged(
  input: LeaderboardChangedInput,
  ctx: Context,
): Promise<AsyncIterableIterator<BoardChange>> {
  const { game, slug, cadence, top } = input;
  const afterRevision = input.afterRevision ?? revisionOf(ctx.streamIds.last);
  if (top < 1 || top > PAGE_SIZE_MAX) throw badInput(`top is 1 to ${PAGE_SIZE_MAX}.`);
  if (afterRevision !== null && afterRevision < 0) throw badInput('afterRevision is 0 or more.');
  const board = await requireWatched(game, slug, cadence, ctx);
  return untilClosed(ctx.boardFeed.watchTop(board.id, cadence, { top, afterRevision }), ctx);
}

/**
 * A change goes out under its revision as the event's id, whether or not the client has selected it. The top of its board is
 * the same wherever the document asks for it.
 */
export function answerChange(change: BoardChange, ctx: Context): BoardChange {
  ctx.boardReads.hold(change);
  ctx.streamIds.next = String(change.revision);
  return change;
}

/** Null for what is no revision: a browser sends the id of the last event that it has had from this address, whatever that is. */
function revisionOf(eventId: string | null): number | null {
  const revision = /^\d{1,16}$/.test(eventId ?? '') ? Number(eventId) : null;
  return Number.isSafeInteger(revision) ? revision : null;
}

export async function requireWatched(game: string, slug: string, cadence: Cadence, ctx: Context) {
  const board = await findLeaderboard(ctx.database, game, slug);
  if (!board) throw badInput(noSuchLeaderboard(game, slug).message);
  requireCadence({ cadence, cadences: board.cadences });
  return board;
}
