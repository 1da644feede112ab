import type { Context } from '../../context.ts';
import { listDeadLetters, replayDeadLetters as replay } from '../../db/events/deadLetters.ts';
import { ValidationError } from '../../domain/errors.ts';
import type { DeadLetter } from '../../domain/events/deadLetter.ts';
import type { ProjectionName } from '../../domain/events/projectionNames.ts';
import type { Page } from '../../domain/page.ts';
import { type PageArguments, pageQuery, parsePageCursor } from '../pageCursor.ts';

const REPLAYED_MAX = 1_000;

/** What projections have given up, the latest first. */
export async function deadLetters(
  { projection, ...page }: PageArguments & { projection: ProjectionName | null },
  ctx: Context,
): Promise<Page<DeadLetter>> {
  return listDeadLetters(ctx.database, { projection, ...pageQuery(page, parsePageCursor) });
}

/** Has dead letters tried again; null stands for an id that is none. May be retried. Throws ValidationError. */
export async function replayDeadLetters(
  { ids, projection }: { ids: (string | null)[] | null; projection: ProjectionName | null },
  ctx: Context,
): Promise<{ count: number }> {
  if (ids && ids.length > REPLAYED_MAX) throw new ValidationError('ids', `name at most ${REPLAYED_MAX}`);
  const known = ids?.filter((id) => id !== null) ?? null;
  return { count: await replay(ctx.database, { ids: known, projection, limit: REPLAYED_MAX }) };
}
