import { sql } from 'drizzle-orm';
import type { Page, PageQuery } from '../../domain/page.ts';
import type { Tournament, TournamentState } from '../../domain/tournaments/tournament.ts';
import type { Queryable } from '../open.ts';
import { latestFirst, readPage } from '../readPage.ts';
import { tournamentColumnsAt } from './tournamentRow.ts';
import { tournamentState } from './tournamentState.ts';

/** Those of a game, by its slug, or of a series. */
export type TournamentsOf = { game: string } | { seriesId: string };
export type TournamentsQuery = PageQuery & { of: TournamentsOf; states: TournamentState[] | null };

/** Tournaments in these states, or in any: the latest start first. */
export async function listTournaments(database: Queryable, query: TournamentsQuery): Promise<Page<Tournament>> {
  const { of, states } = query;
  // One moment for the filter and for the state that is told of each row.
  const now = sql`statement_timestamp()`;
  const owner =
    'game' in of
      ? sql`t.game_id = (select g.id from games g where g.slug = ${of.game})`
      : sql`t.series_id = ${of.seriesId}::uuid`;
  const inStates = states ? sql`and ${JSON.stringify(states)}::text::jsonb ? (${tournamentState(now)})` : sql``;
  const list = latestFirst({
    columns: tournamentColumnsAt(now),
    from: sql`tournaments t where ${owner} ${inStates}`,
    keys: [sql`t.starts_at`, sql`t.id`],
  });
  return readPage(database, list, query);
}
