import { sql } from 'drizzle-orm';
import type { NewSubmission } from '../../domain/submissions/submission.ts';
import { arrayOf } from '../arrays.ts';
import { fixed, given } from '../fixed.ts';
import type { Queryable } from '../open.ts';

const lock = fixed<'ids'>(sql`
  select id from players where id = any(${given('ids')}::uuid[]) and deleted_at is null order by id for no key update`);

/** Locks the players of a batch in the order of their ids. Answers with those that are there. */
export async function lockPlayers(tx: Queryable, items: NewSubmission[]): Promise<Set<string>> {
  const ids = [...new Set(items.map(({ playerId }) => playerId))];
  const rows = await tx.rows<{ id: string }>(lock({ ids: arrayOf(ids) }));
  return new Set(rows.map(({ id }) => id));
}
