import { type SQL, sql } from 'drizzle-orm';
import type { DeadLetter } from '../../domain/events/deadLetter.ts';
import type { ProjectionName } from '../../domain/events/projectionNames.ts';
import type { Page, PageKey, PageQuery } from '../../domain/page.ts';
import type { Queryable } from '../open.ts';
import { idsIn } from '../recordset.ts';
import { latestFirst, readPage } from '../readPage.ts';
import { loggedEventOf } from './loggedEventRow.ts';

/** What was given up, the latest first. */
export async function listDeadLetters(
  database: Queryable,
  query: PageQuery & { projection: ProjectionName | null },
): Promise<Page<DeadLetter>> {
  const list = latestFirst({
    columns: sql`f.id, f.projection, f.event, f.reason, f.attempts, f.dead_at as "deadAt"`,
    from: sql`event_failures f where f.dead_at is not null ${ofProjection(query.projection)}`,
    keys: [sql`f.dead_at`, sql`f.id`],
  });
  const page = await readPage<DeadLetter, PageKey>(database, list, query);
  return { ...page, rows: page.rows.map((row) => ({ ...row, event: loggedEventOf(row.event) })) };
}

/**
 * Has events tried again that were given up, with all their attempts: those of these ids, or, where there are none, the oldest.
 * Answers with how many. One that is under way already is none of them.
 */
export async function replayDeadLetters(
  database: Queryable,
  { ids, projection, limit }: { ids: string[] | null; projection: ProjectionName | null; limit: number },
): Promise<number> {
  const named = ids === null ? sql`` : sql`and f.id = ${idsIn(ids)}`;
  const rows = await database.rows(sql`
    update event_failures set dead_at = null, attempts = 0, try_at = clock_timestamp() where id = any(array(
      select f.id from event_failures f where f.dead_at is not null ${named} ${ofProjection(projection)}
      order by f.dead_at, f.id limit ${limit}::int for update skip locked
    )) returning id`);
  return rows.length;
}

function ofProjection(projection: ProjectionName | null): SQL {
  return projection === null ? sql`` : sql`and f.projection = ${projection}`;
}
