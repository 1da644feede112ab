import { createLane, type Lane } from '../async/lane.ts';
import type { Queryable } from '../db/open.ts';
import { readStandings } from '../db/leaderboards/readStandings.ts';
import type { Cadence } from '../domain/leaderboards/period.ts';
import { isDeep, type StandingsPage, type StandingsQuery } from '../domain/leaderboards/standingsPage.ts';

/** Reads boards, whatever store answers. Rows, ranks, size and revision of one answer come from one snapshot. */
export type StandingsReader = {
  page(query: StandingsQuery): Promise<StandingsPage>;
  /** The first rows of the present period, with all rank styles. */
  top(leaderboardId: string, cadence: Cadence, limit: number): Promise<StandingsPage>;
  /** The rows of these players in the present period, with all rank styles. Players without one are left out. */
  standingsOf(leaderboardId: string, cadence: Cadence, playerIds: string[]): Promise<StandingsPage>;
};

/** Of the ten connections of the pool, so that the others stay free for what is quick. */
const DEEP_READS = { width: 4, waitingMax: 1_000, waitMs: 2_000 };

/** Where deep pages take turns that requests ask PostgreSQL for. */
export function createDeepReads(): Lane {
  return createLane(DEEP_READS);
}

/** Deep pages that a request asks for take turns in `deepReads`. */
export function createSqlReader(database: Queryable, deepReads: Lane): StandingsReader {
  return createReader((query) =>
    query.signal && isDeep(query.range)
      ? deepReads.run(() => readStandings(database, query), query.signal)
      : readStandings(database, query),
  );
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
