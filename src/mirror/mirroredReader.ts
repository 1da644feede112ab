import type { Log } from '../log.ts';
import { createGroupWork } from '../async/groupWork.ts';
import { isOutage, isTransient } from '../db/databaseErrors.ts';
import { loadLeaderboards } from '../db/leaderboards/leaderboards.ts';
import type { Database } from '../db/open.ts';
import { type PageDetails, readPageDetails } from '../db/leaderboards/readPageDetails.ts';
import { periodAt } from '../domain/leaderboards/period.ts';
import { periodName, type PeriodRef } from '../domain/leaderboards/periodChange.ts';
import { orderKeyOf, type ScoreOperator } from '../domain/leaderboards/standingOrder.ts';
import type { Standing } from '../domain/leaderboards/standing.ts';
import { cursorOf, neighbours, type StandingsPage, type StandingsQuery } from '../domain/leaderboards/standingsPage.ts';
import { RedisAwayError } from '../redis/connection.ts';
import type { CopyAnswer, CopyAsk, CopyReader, RankedEntry } from '../redis/copyReader.ts';
import type { CopyKeeper, Doubt } from './copyKeeper.ts';
import { createStandingsReader, type StandingsReader } from './standingsReader.ts';
import { createWarning } from '../async/warning.ts';

/** What one request asks of one period. */
type Asked = { period: PeriodRef; queries: StandingsQuery[] };

/** Together a few hundred rows, of which Redis makes a page in about a millisecond. */
const GROUP_SIZE_MAX = 32;
const SMALL_ROWS_MAX = 25;
const GROUPS_MAX = 4;
const WAITING_MAX = 20_000;

type Ranked = { revision: number; size: number; pages: RankedEntry[][] };
/** The pages, or why there are none. `floor` is the revision that the copy has to have at the second attempt. */
type Attempt = StandingsPage[] | { doubt: Doubt | null } | { doubt: 'behind'; floor: number };

/**
 * Reads ranks from Redis where its copy is as new as PostgreSQL was at some moment since the question was asked, and from
 * PostgreSQL otherwise. So an answer is never older than the question, whatever happened to Redis. The keeper learns
 * which copies are in use, and which cannot be used as they are. Small questions about one period that come together share
 * one look at each store, which begins after them.
 */
export function createMirroredReader(options: {
  database: Database;
  copyReader: CopyReader;
  sql: StandingsReader;
  keeper: Pick<CopyKeeper, 'doubt' | 'used'>;
  log: Pick<Log, 'warn'>;
}): StandingsReader {
  const { database, copyReader, sql, keeper, log } = options;
  const refused = createWarning(log, 'Redis refuses to rank; PostgreSQL does');
  const operatorOf = createOperatorLookup(database);

  const attempt = async (period: PeriodRef, queries: StandingsQuery[], floor: number): Promise<Attempt> => {
    const ranked: CopyAnswer<Ranked> = await copyReader.pages(
      period,
      await Promise.all(queries.map((query) => askOf(query, operatorOf))),
    );
    if (ranked === 'far') return { doubt: null };
    if (typeof ranked === 'string') return { doubt: 'unusable' };
    const key = isOfPresent(queries) ? null : period.periodKey;
    const details = await readPageDetails(database, { ...period, key, rows: ranked.pages.flat() });
    // The host's clock named another period than the database's.
    if (details.periodKey !== period.periodKey) return { doubt: null };
    if (ranked.revision > details.revision) return { doubt: 'unusable' };
    if (ranked.revision < Math.min(details.revision, floor)) return { doubt: 'behind', floor: details.revision };
    return pagesOf(queries, ranked, details);
  };

  const readCopyNow = async (period: PeriodRef, queries: StandingsQuery[]): Promise<Attempt> => {
    try {
      const first = await attempt(period, queries, Infinity);
      return 'floor' in first ? await attempt(period, queries, first.floor) : first;
    } catch (error) {
      if (isTransient(error)) throw error;
      if (!(error instanceof RedisAwayError)) refused.failed(error);
      return { doubt: null };
    }
  };

  const small = createGroupWork({
    sizeMax: GROUP_SIZE_MAX,
    waitingMax: WAITING_MAX,
    groupsMax: GROUPS_MAX,
    isOutage,
    work: async (asked: Asked[]) => {
      const answers = new Map<Asked, Attempt>();
      const readTogether = async (group: Asked[], period: PeriodRef) => {
        const found = await readCopyNow(
          period,
          group.flatMap(({ queries }) => queries),
        );
        let next = 0;
        for (const one of group) {
          const first = next;
          next += one.queries.length;
          answers.set(one, Array.isArray(found) ? found.slice(first, next) : found);
        }
      };
      const groups = Map.groupBy(asked, ({ period, queries }) => `${periodName(period)} ${isOfPresent(queries)}`);
      await Promise.all(groups.values().map((group) => readTogether(group, (group[0] as Asked).period)));
      return asked.map((one) => answers.get(one) as Attempt);
    },
  });

  const readCopy = (period: PeriodRef, queries: StandingsQuery[]): Promise<Attempt> =>
    queries.every(isSmall) ? small.add({ period, queries }) : readCopyNow(period, queries);

  const readPeriod = async (period: PeriodRef, queries: StandingsQuery[]): Promise<StandingsPage[]> => {
    const found = await readCopy(period, queries);
    if (Array.isArray(found)) {
      refused.worked();
      keeper.used(period);
      return found;
    }
    const pages = await sql.pages(queries);
    // A period without entries needs no copy.
    if (found.doubt && pages.some(({ size }) => size > 0)) keeper.doubt(period, found.doubt);
    return pages;
  };

  return createStandingsReader(async (queries) => {
    const pages = new Map<StandingsQuery, StandingsPage>();
    await Promise.all(
      Map.groupBy(queries, (query) => periodOf(query).periodKey)
        .values()
        .map(async (group) => {
          const [first] = group;
          const read = first ? await readPeriod(periodOf(first), group) : [];
          for (const [index, page] of read.entries()) pages.set(group[index] as StandingsQuery, page);
        }),
    );
    return queries.map((query) => pages.get(query) as StandingsPage);
  });
}

/** The operator of a board, which never changes and so is read once. */
function createOperatorLookup(database: Database) {
  const operators = new Map<string, ScoreOperator>();
  return async (leaderboardId: string): Promise<ScoreOperator> => {
    const known = operators.get(leaderboardId);
    if (known) return known;
    const [board] = await loadLeaderboards(database, [leaderboardId]);
    if (!board) throw new Error('a page was asked of a leaderboard that does not exist');
    operators.set(leaderboardId, board.operator);
    return board.operator;
  };
}

async function askOf(
  { leaderboardId, range }: StandingsQuery,
  operatorOf: ReturnType<typeof createOperatorLookup>,
): Promise<CopyAsk> {
  if (range.kind !== 'after' && range.kind !== 'before') return range;
  const { kind, cursor, limit } = range;
  // On a BEST board entries only rise, so nobody comes again further down.
  const mayRepeat = cursor !== null && !(kind === 'after' && (await operatorOf(leaderboardId)) === 'BEST');
  return { kind, cursor, limit, horizon: mayRepeat ? cursor.horizon : null };
}

const isOfPresent = (queries: StandingsQuery[]) =>
  queries.some(({ at, range }) => at === null && cursorOf(range) === null);

/** Rows around or of players: found by key, with nothing to pass over, so that a group of them holds Redis up for little. */
const isSmall = ({ range }: StandingsQuery) =>
  range.kind === 'around'
    ? range.limit <= SMALL_ROWS_MAX
    : range.kind === 'players' && range.playerIds.length <= SMALL_ROWS_MAX;

function periodOf({ leaderboardId, cadence, at, range }: StandingsQuery): PeriodRef {
  const periodKey = cursorOf(range)?.periodKey ?? periodAt(cadence, at ?? new Date()).key;
  return { leaderboardId, cadence, periodKey };
}

/** The details of all rows follow each other. A row whose player or play is gone: the copy is behind a deletion. */
function pagesOf(queries: StandingsQuery[], { revision, size, pages }: Ranked, details: PageDetails): Attempt {
  const { leaderboard, periodKey } = details;
  const answers: StandingsPage[] = [];
  let next = 0;
  for (const [index, { cadence, range }] of queries.entries()) {
    const rows: Standing[] = [];
    for (const { orderKey, reachedSeq, ordinal, competition, dense } of pages[index] ?? []) {
      const row = details.rows[next];
      next += 1;
      if (!row) return { doubt: 'behind' };
      const score = orderKeyOf(orderKey, leaderboard.sortOrder);
      const ranks = { ordinal, competition, dense };
      rows.push({ ...row, leaderboard, cadence, periodKey, score, reachedSeq, ranks, size });
    }
    const horizon = cursorOf(range)?.horizon ?? revision;
    const ends = neighbours(range, rows, { first: 1, last: size });
    answers.push({ leaderboard, cadence, rows, periodKey, size, revision, horizon, ...ends, source: 'redis' });
  }
  return answers;
}
