import type { Queryable } from '../db/open.ts';
import { readStandings } from '../db/leaderboards/readStandings.ts';
import type { Cadence } from '../domain/leaderboards/period.ts';
import type { StandingsPage, StandingsQuery } from '../domain/leaderboards/standingsPage.ts';

/** Reads boards, whatever store answers. Rows, ranks, size and revision of one answer come from one snapshot. */
export type StandingsReader = {
  page(query: StandingsQuery): Promise<StandingsPage>;
  /** The first rows of the present period, with all rank styles. */
  top(leaderboardId: string, cadence: Cadence, limit: number): Promise<StandingsPage>;
  /** The rows of these players in the present period, with all rank styles. Players without one are left out. */
  standingsOf(leaderboardId: string, cadence: Cadence, playerIds: string[]): Promise<StandingsPage>;
};

export function createSqlReader(database: Queryable): StandingsReader {
  return createReader((query) => readStandings(database, query));
}

/** A reader from what reads one page. */
export function createReader(page: StandingsReader['page']): StandingsReader {
  return {
    page,
    top: (leaderboardId, cadence, limit) =>
      page({ leaderboardId, cadence, at: null, range: { kind: 'after', cursor: null, limit }, dense: true }),
    standingsOf: (leaderboardId, cadence, playerIds) =>
      page({ leaderboardId, cadence, at: null, range: { kind: 'players', playerIds }, dense: true }),
  };
}
