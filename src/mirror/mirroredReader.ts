import type { Log } from '../log.ts';
import { isTransient } from '../db/databaseErrors.ts';
import { loadLeaderboards } from '../db/leaderboards/leaderboards.ts';
import type { Database } from '../db/open.ts';
import { type PageFacts, readPageFacts } from '../db/leaderboards/readPageFacts.ts';
import { periodAt } from '../domain/leaderboards/period.ts';
import type { PeriodRef } from '../domain/leaderboards/periodChange.ts';
import { orderKeyOf, type ScoreOperator } from '../domain/leaderboards/standingOrder.ts';
import type { Standing } from '../domain/leaderboards/standing.ts';
import { cursorOf, neighbours, type StandingsPage, type StandingsQuery } from '../domain/leaderboards/standingsPage.ts';
import { RedisAwayError } from '../redis/connection.ts';
import type { CopyAnswer, CopyRange, RankedEntry, CopyReader } from '../redis/copyReader.ts';
import type { CopyKeeper, Doubt } from './copyKeeper.ts';
import { createReader, type StandingsReader } from './read.ts';
import { createWarning } from '../async/warnOnce.ts';

type Ranked = { revision: number; size: number; rows: RankedEntry[] };
/** The page, or why there is none. `floor` is the revision that the copy has to have at the second attempt. */
type Attempt = StandingsPage | { doubt: Doubt | null } | { doubt: 'behind'; floor: number };

/**
 * Reads ranks from Redis where its copy is as new as PostgreSQL was at some moment since the question was asked, and from
 * PostgreSQL otherwise. So an answer is never older than the question, whatever happened to Redis. The keeper hears
 * which copies are in use, and which cannot be used as they are.
 */
export function createMirroredReader(options: {
  database: Database;
  ranks: CopyReader;
  sql: StandingsReader;
  keeper: Pick<CopyKeeper, 'doubt' | 'used'>;
  log: Pick<Log, 'warn'>;
}): StandingsReader {
  const { database, ranks, sql, keeper, log } = options;
  const refused = createWarning(log, 'Redis refuses to rank; PostgreSQL does');
  const operators = new Map<string, ScoreOperator>();

  const operatorOf = async (leaderboardId: string): Promise<ScoreOperator> => {
    const known = operators.get(leaderboardId);
    if (known) return known;
    const [board] = await loadLeaderboards(database, [leaderboardId]);
    if (!board) throw new Error('a page was asked of a leaderboard that does not exist');
    operators.set(leaderboardId, board.operator);
    return board.operator;
  };

  const rank = async (place: PeriodRef, { leaderboardId, range }: StandingsQuery): Promise<CopyAnswer<Ranked>> => {
    if (range.kind === 'players') return ranks.players(place, range.playerIds);
    if (range.kind !== 'after' && range.kind !== 'before') return ranks.page(place, range);
    const { kind, cursor, limit } = range;
    // On a BEST board entries only rise, so nobody comes again further down.
    const isFree = cursor === null || (kind === 'after' && (await operatorOf(leaderboardId)) === 'BEST');
    const wanted: CopyRange = { kind, cursor, limit, horizon: isFree ? null : cursor.horizon };
    return ranks.page(place, wanted);
  };

  const attempt = async (place: PeriodRef, query: StandingsQuery, floor: number): Promise<Attempt> => {
    const ranked = await rank(place, query);
    if (ranked === 'far') return { doubt: null };
    if (typeof ranked === 'string') return { doubt: 'unusable' };
    const isPresent = query.at === null && cursorOf(query.range) === null;
    const key = isPresent ? null : place.periodKey;
    const facts = await readPageFacts(database, { ...query, key, rows: ranked.rows });
    // The host's clock named another period than the database's.
    if (facts.periodKey !== place.periodKey) return { doubt: null };
    if (ranked.revision > facts.revision) return { doubt: 'unusable' };
    if (ranked.revision < Math.min(facts.revision, floor)) return { doubt: 'behind', floor: facts.revision };
    return pageOf(query, ranked, facts);
  };

  const fromCopy = async (place: PeriodRef, query: StandingsQuery): Promise<Attempt> => {
    try {
      const first = await attempt(place, query, Infinity);
      return 'floor' in first ? await attempt(place, query, first.floor) : first;
    } catch (error) {
      if (isTransient(error)) throw error;
      if (!(error instanceof RedisAwayError)) refused.failed(error);
      return { doubt: null };
    }
  };

  return createReader(async (query) => {
    const place = placeOf(query);
    const found = await fromCopy(place, query);
    if ('rows' in found) {
      refused.worked();
      keeper.used(place);
      return found;
    }
    const page = await sql.page(query);
    // A period without entries needs no copy.
    if (found.doubt && page.size > 0) keeper.doubt(place, found.doubt);
    return page;
  });
}

function placeOf({ leaderboardId, cadence, at, range }: StandingsQuery): PeriodRef {
  const periodKey = cursorOf(range)?.periodKey ?? periodAt(cadence, at ?? new Date()).key;
  return { leaderboardId, cadence, periodKey };
}

/** A row whose player or play is gone tells that the copy is behind a deletion. */
function pageOf({ cadence, range }: StandingsQuery, ranked: Ranked, facts: PageFacts): Attempt {
  const { leaderboard, periodKey } = facts;
  const { revision, size } = ranked;
  const rows: Standing[] = [];
  for (const [index, { orderKey, reachedSeq, ordinal, competition, dense }] of ranked.rows.entries()) {
    const fact = facts.rows[index];
    if (!fact) return { doubt: 'behind' };
    const score = orderKeyOf(orderKey, leaderboard.sortOrder);
    const ranks = { ordinal, competition, dense };
    rows.push({ ...fact, leaderboard, cadence, periodKey, score, reachedSeq, ranks, size });
  }
  const horizon = cursorOf(range)?.horizon ?? revision;
  return {
    leaderboard,
    cadence,
    rows,
    periodKey,
    size,
    revision,
    horizon,
    ...neighbours(range, rows, { first: 1, last: size }),
    source: 'redis',
  };
}
