import { sql } from 'drizzle-orm';
import { type Page, type PageQuery, pageOf } from '../../domain/page.ts';
import type { TournamentResult } from '../../domain/tournaments/tournamentResult.ts';
import { orderKeyOf, type SortOrder } from '../../domain/leaderboards/standingOrder.ts';
import { afterKey } from '../afterKey.ts';
import type { Queryable } from '../open.ts';

/** A player's results in settled tournaments, the latest settlement first. */
export async function listTournamentHistory(
  database: Queryable,
  query: PageQuery & { playerId: string },
): Promise<Page<TournamentResult>> {
  type Row = Omit<TournamentResult, 'score'> & { orderKey: number; sortOrder: SortOrder };
  const rows = await database.rows<Row>(sql`
    select s.tournament_id as "tournamentId", t.settled_at as "settledAt", s.rank, s.attempts,
      s.order_key as "orderKey", l.sort_order as "sortOrder"
    from tournament_standings s join tournaments t on t.id = s.tournament_id
    join leaderboards l on l.id = t.leaderboard_id
    where s.player_id = ${query.playerId}::uuid ${afterKey(sql`t.settled_at, t.id`, query.after)}
    order by t.settled_at desc, t.id desc limit ${query.limit + 1}::int`);
  const results = rows.map(({ orderKey, sortOrder, ...row }) => ({ ...row, score: orderKeyOf(orderKey, sortOrder) }));
  return pageOf(results, query);
}
