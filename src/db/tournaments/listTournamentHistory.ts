import { sql } from 'drizzle-orm';
import type { Page, PageKey, PageQuery } from '../../domain/page.ts';
import type { TournamentResult } from '../../domain/tournaments/tournamentResult.ts';
import { orderKeyOf, type SortOrder } from '../../domain/leaderboards/standingOrder.ts';
import type { Queryable } from '../open.ts';
import { latestFirst, readPage } from '../readPage.ts';

/** A player's results in settled tournaments, the latest settlement first. */
export async function listTournamentHistory(
  database: Queryable,
  query: PageQuery & { playerId: string },
): Promise<Page<TournamentResult>> {
  type Row = Omit<TournamentResult, 'score'> & { orderKey: number; sortOrder: SortOrder };
  const list = latestFirst({
    columns: sql`s.tournament_id as "tournamentId", t.settled_at as "settledAt", s.rank, s.attempts,
      s.order_key as "orderKey", l.sort_order as "sortOrder"`,
    from: sql`tournament_standings s join tournaments t on t.id = s.tournament_id
      join leaderboards l on l.id = t.leaderboard_id where s.player_id = ${query.playerId}::uuid`,
    keys: [sql`t.settled_at`, sql`t.id`],
  });
  const page = await readPage<Row, PageKey>(database, list, query);
  const rows = page.rows.map(({ orderKey, sortOrder, ...row }) => ({ ...row, score: orderKeyOf(orderKey, sortOrder) }));
  return { ...page, rows };
}
