import { type SQL, sql } from 'drizzle-orm';
import type { Page, PageQuery } from '../../domain/page.ts';
import type { Prize, PrizeState } from '../../domain/prizes/prize.ts';
import type { Queryable } from '../open.ts';
import { latestFirst, type List, readPage } from '../readPage.ts';
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
  const list = latestFirst({
    columns: prizeColumnsAt(now),
    from: sql`prizes p where p.player_id = ${query.playerId}::uuid ${inState(query.state)}`,
    keys: [sql`p.awarded_at`, sql`p.id`],
  });
  return readPage(database, list, query);
}

/** A tournament's prizes by rank. Those of deleted players are left out. */
export async function listTournamentPrizes(
  database: Queryable,
  query: PageQuery<number> & { tournamentId: string; state: PrizeState | null },
): Promise<Page<Prize>> {
  const list: List<number> = {
    columns: prizeColumnsAt(now),
    from: sql`prizes p
      where p.tournament_id = ${query.tournamentId}::uuid and p.player_id is not null ${inState(query.state)}`,
    keys: [sql`p.rank`],
    isDescending: false,
    valueOf: (rank) => sql`(${rank}::int)`,
  };
  return readPage(database, list, query);
}

function inState(state: PrizeState | null): SQL {
  return state ? sql`and ${prizeState(now)} = ${state}` : sql``;
}
