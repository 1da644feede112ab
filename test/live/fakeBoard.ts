import { type Cadence, periodAt } from '../../src/domain/leaderboards/period.ts';
import type { Standing } from '../../src/domain/leaderboards/standing.ts';
import type { StandingsReader } from '../../src/mirror/standingsReader.ts';
import { aBoard, standingsOf } from '../domain/samples.ts';

/** A board whose state the test sets, and whose reader answers, waits or fails as the test says. */
export function fakeBoard(cadence: Cadence = 'ALL_TIME') {
  let rows: Standing[] = [];
  let revision = 0;
  let gate: PromiseWithResolvers<void> | null = null;
  let periodKey = () => periodAt(cadence, new Date()).key;
  const fake = {
    /** When the top was read, in milliseconds of the test's clock. */
    reads: [] as number[],
    isBroken: false,
    afterTopRead: () => {},
    score(scores: Record<string, number>) {
      revision += 1;
      const inOrder = Object.entries(scores).toSorted(([, a], [, b]) => b - a);
      rows = standingsOf(Object.fromEntries(inOrder));
    },
    /** Like `score`, for ties and the like. */
    setRows(standings: Standing[]) {
      revision += 1;
      rows = standings;
    },
    /** From here on the period is as given, whatever the clock says. */
    setPeriod(key: string) {
      periodKey = () => key;
    },
    /** A period begins that nobody has scored in: an empty page, and the revision of the period before. */
    startPeriod(key: string) {
      periodKey = () => key;
      rows = [];
    },
    /** Reads that begin from here on hold the state of their beginning, and end with `release`. */
    hold() {
      gate = Promise.withResolvers();
    },
    release() {
      gate?.resolve();
      gate = null;
    },
  };

  const read = async (choose: (all: Standing[]) => Standing[]) => {
    const key = periodKey();
    const page = {
      leaderboard: aBoard(),
      cadence,
      rows: choose(rows).map((row) => ({ ...row, cadence, periodKey: key })),
      periodKey: key,
      size: rows.length,
      revision,
      horizon: revision,
      hasNextPage: false,
      hasPreviousPage: false,
      source: 'sql' as const,
    };
    const isBroken = fake.isBroken;
    await gate?.promise;
    if (isBroken) throw new Error('the database is away');
    return page;
  };

  const reader: StandingsReader = {
    page: () => Promise.reject(new Error('a watch has no use for other pages')),
    pages: () => Promise.reject(new Error('a watch has no use for other pages')),
    top: async (_leaderboardId, _cadence, limit) => {
      fake.reads.push(performance.now());
      const page = await read((all) => all.slice(0, limit));
      fake.afterTopRead();
      return page;
    },
    standingsOf: (_leaderboardId, _cadence, playerIds) =>
      read((all) => all.filter((row) => playerIds.includes(row.player.id))),
  };
  return Object.assign(fake, { reader });
}
