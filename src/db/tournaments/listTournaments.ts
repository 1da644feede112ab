import { sql } from 'drizzle-orm';
import { type Page, type PageQuery, pageOf } from '../../domain/page.ts';
import type { Tournament, TournamentState } from '../../domain/tournaments/tournament.ts';
import { afterKey } from '../afterKey.ts';
import type { Queryable } from '../open.ts';
import { tournamentColumnsAt } from './tournamentRow.ts';
import { tournamentState } from './tournamentState.ts';

/** Those of a game, by its slug, or of a series. */
export type TournamentsOf = { game: string } | { seriesId: string };
export type TournamentsQuery = PageQuery & { of: TournamentsOf; states: TournamentState[] | null };

/** Tournaments in these states, or in any: the latest start first. */
export async function listTournaments(database: Queryable, query: TournamentsQuery): Promise<Page<Tournament>> {
  const { of, states, limit } = query;
  // One moment for the filter and for the state that is told of each row.
  const now = sql`statement_timestamp()`;
  const rows = await database.rows<Tournament>(sql`
    select ${tournamentColumnsAt(now)} from tournaments t
    where ${'game' in of ? sql`t.game_id = (select g.id from games g where g.slug = ${of.game})` : sql`t.series_id = ${of.seriesId}::uuid`}
      ${states ? sql`and ${JSON.stringify(states)}::text::jsonb ? (${tournamentState(now)})` : sql``}
      ${afterKey(sql`t.starts_at, t.id`, query.after)}
    order by t.starts_at desc, t.id desc limit ${limit + 1}::int`);
  return pageOf(rows, query);
}
