import { createLane, type Lane } from '../async/lane.ts';
import type { Database } from '../db/open.ts';
import { readStandings } from '../db/leaderboards/readStandings.ts';
import { inSnapshot } from '../db/inSnapshot.ts';
import type { Cadence } from '../domain/leaderboards/period.ts';
import { isDeep, type StandingsPage, type StandingsQuery } from '../domain/leaderboards/standingsPage.ts';

/** Reads boards, whatever store answers. Rows, ranks, size and revision of one answer come from one snapshot. */
export type StandingsReader = {
  page(query: StandingsQuery): Promise<StandingsPage>;
  /** Pages of one board and cadence, in the order of the questions: those of one period are of one revision. */
  pages(queries: StandingsQuery[]): Promise<StandingsPage[]>;
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

/**
 * Deep pages that a request asks for take turns in `deepReads`, and so do pages that have to be read again together, on
 * one connection, because the board moved between their statements.
 */
export function createSqlReader(database: Database, deepReads: Lane): StandingsReader {
  const wantedBy = ({ signal }: StandingsQuery) => (signal ? database.until(signal) : database);
  const readOne = (query: StandingsQuery) => {
    const read = () => readStandings(wantedBy(query), query);
    return query.signal && isDeep(query.range) ? deepReads.run(read, query.signal) : read();
  };
  const readInOneState = (queries: StandingsQuery[]) =>
    inSnapshot(queries[0] ? wantedBy(queries[0]) : database, async (snapshot) => {
      const pages: StandingsPage[] = [];
      for (const query of queries) pages.push(await readStandings(snapshot, query));
      return pages;
    });
  return createStandingsReader(async (queries) => {
    const pages = await Promise.all(queries.map(readOne));
    if (isOneState(pages)) return pages;
    const signal = queries[0]?.signal;
    return signal ? deepReads.run(() => readInOneState(queries), signal) : readInOneState(queries);
  });
}

/** Whether pages of one board and cadence are of one revision for each period. */
export function isOneState(pages: Pick<StandingsPage, 'periodKey' | 'revision'>[]): boolean {
  return Map.groupBy(pages, ({ periodKey }) => periodKey)
    .values()
    .every(([first, ...others]) => others.every(({ revision }) => revision === first?.revision));
}

/** A reader from what reads pages together. */
export function createStandingsReader(pages: StandingsReader['pages']): StandingsReader {
  const page = async (query: StandingsQuery): Promise<StandingsPage> => {
    const [only] = await pages([query]);
    if (!only) throw new Error('a page was asked for and none came');
    return only;
  };
  return {
    page,
    pages,
    top: (leaderboardId, cadence, limit) =>
      page({ leaderboardId, cadence, at: null, range: { kind: 'after', cursor: null, limit }, dense: true }),
    standingsOf: (leaderboardId, cadence, playerIds) =>
      page({ leaderboardId, cadence, at: null, range: { kind: 'players', playerIds }, dense: true }),
  };
}
