import type { Context } from '../../context.ts';
import { findEvent, listPlayerEvents, type PlacedEvent, readEventProgress } from '../../db/events/findEvents.ts';
import type { EventProgress } from '../../domain/events/deadLetter.ts';
import { isId } from '../../domain/id.ts';
import type { Page } from '../../domain/page.ts';
import { hasRole } from '../../domain/players/viewer.ts';
import { type PageArguments, pageQuery, parsePositionCursor } from '../pageCursor.ts';

/** An event is seen by its player, by game servers and by admins; to all others it does not exist. */
export async function event({ id }: { id: string | null }, ctx: Context): Promise<PlacedEvent | null> {
  if (id === null || !isId(id)) return null;
  const found = await findEvent(ctx.database, id);
  const isOwn = found?.playerId === ctx.viewer?.playerId;
  return isOwn || hasRole(ctx.viewer, 'server') || hasRole(ctx.viewer, 'admin') ? found : null;
}

/** A player's events, the latest first. */
export async function playerEvents(
  { playerId, ...page }: PageArguments & { playerId: string },
  ctx: Context,
): Promise<Page<PlacedEvent>> {
  return listPlayerEvents(ctx.database, { playerId, ...pageQuery(page, parsePositionCursor) });
}

/** Of each event, in the order of the ids. */
export async function eventProgress(ids: string[], ctx: Context): Promise<EventProgress[][]> {
  const found = await readEventProgress(ctx.database, ids);
  return ids.map((id) => found.get(id) ?? []);
}
