import { type SQL, sql } from 'drizzle-orm';
import { type Page, type PageQuery, pageOf } from '../../domain/page.ts';
import type { Prize, PrizeState } from '../../domain/prizes/prize.ts';
import { afterKey } from '../afterKey.ts';
import type { Queryable } from '../open.ts';
import { prizeColumnsAt, prizeState } from './prizeRow.ts';

/** One moment for the filter and for the state that is told of each row. */
const now = sql`statement_timestamp()`;

/** Null when there is no such prize, or when its player was deleted. */
export async function findPrize(database: Queryable, id: string): Promise<Prize | null> {
  const [row] = await database.rows<Prize>(
    sql`select ${prizeColumnsAt(now)} from prizes p where p.id = ${id}::uuid and p.player_id is not null`,
  );
  return row ?? null;
}

/** A player's prizes, the latest award first. */
export async function listPlayerPrizes(
  database: Queryable,
  query: PageQuery & { playerId: string; state: PrizeState | null },
): Promise<Page<Prize>> {
  const rows = await database.rows<Prize>(sql`
    select ${prizeColumnsAt(now)} from prizes p
    where p.player_id = ${query.playerId}::uuid ${inState(query.state)}
      ${afterKey(sql`p.awarded_at, p.id`, query.after)}
    order by p.awarded_at desc, p.id desc limit ${query.limit + 1}::int`);
  return pageOf(rows, query);
}

/** A tournament's prizes by rank, after one. Those of deleted players are left out. */
export async function listTournamentPrizes(
  database: Queryable,
  query: { tournamentId: string; state: PrizeState | null; after: number | null; limit: number },
): Promise<Page<Prize>> {
  const rows = await database.rows<Prize>(sql`
    select ${prizeColumnsAt(now)} from prizes p
    where p.tournament_id = ${query.tournamentId}::uuid and p.player_id is not null ${inState(query.state)}
      and p.rank > ${query.after ?? 0}::int
    order by p.rank limit ${query.limit + 1}::int`);
  return pageOf(rows, query);
}

function inState(state: PrizeState | null): SQL {
  return state ? sql`and ${prizeState(now)} = ${state}` : sql``;
}
