import { sql } from 'drizzle-orm';
import type { Prize } from '../../domain/prizes/prize.ts';
import type { Queryable } from '../open.ts';
import { prizeColumnsAt } from './prizeRow.ts';
import { recordset } from '../recordset.ts';

const now = sql`statement_timestamp()`;

/** The prizes of each player that were awarded after a moment, in the order of award, at most one row each. */
export async function listNewPrizes(database: Queryable, since: { playerId: string; after: Date }[]): Promise<Prize[]> {
  const rows = since.map(({ playerId, after }) => ({ playerId, after: after.toISOString() }));
  return database.rows<Prize>(sql`
    select ${prizeColumnsAt(now)} from ${recordset({ playerId: 'uuid', after: 'timestamptz' }, rows)}
    join prizes p on p.player_id = x."playerId" and p.awarded_at > x.after
    order by p.awarded_at, p.id`);
}
