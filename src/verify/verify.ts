import type { Database, Queryable } from '../db/open.ts';
import {
  listAllLeaderboards,
  listPeriods,
  type LogRow,
  readEntries,
  readLog,
  readStatistics,
  type StoredEntry,
  type StoredStatistics,
} from '../db/verify/readLog.ts';
import { inSnapshot } from '../db/inSnapshot.ts';
import { periodAt } from '../domain/leaderboards/period.ts';
import type { Leaderboard } from '../domain/leaderboards/leaderboard.ts';
import { applyScore, type EntryValue } from '../domain/leaderboards/standingOrder.ts';
import { CHUNK, chunks, FIRST_ID } from '../async/chunks.ts';
import { type Compare, createCompare, type Difference } from './difference.ts';
import { verifyEvents } from './verifyEvents.ts';
import { verifyLedger } from './verifyLedger.ts';
import { verifyTournaments } from './verifyTournaments.ts';

export type Verification = {
  leaderboards: number;
  submissions: number;
  entries: number;
  tournaments: number;
  events: number;
  differences: Difference[];
};

type Statistics = { scores: number; sum: bigint; highScore: number; lastPlayedAt: Date };

/** What the log of one board adds up to: entries by period and player, statistics by player. */
type Recomputed = {
  submissions: number;
  periods: Map<string, Map<string, EntryValue>>;
  statistics: Map<string, Statistics>;
};

/**
 * Recomputes every entry, size and statistic from the log alone, and what follows from tournaments' results, in one
 * snapshot, and lists what differs from what is stored. Holds one board in memory at a time; writes nothing; may run beside load.
 */
export async function verify(database: Database): Promise<Verification> {
  return inSnapshot(database, async (snapshot) => {
    const result: Verification = {
      leaderboards: 0,
      submissions: 0,
      entries: 0,
      tournaments: 0,
      events: 0,
      differences: [],
    };
    for (const board of await listAllLeaderboards(snapshot)) {
      const recomputed = await recompute(snapshot, board);
      result.leaderboards += 1;
      result.submissions += recomputed.submissions;
      result.entries += await compareEntries(snapshot, board, recomputed, result.differences);
      await compareStatistics(snapshot, board, recomputed, result.differences);
    }
    const { tournaments, claimed } = await verifyTournaments(snapshot, result.differences);
    await verifyLedger(snapshot, claimed, result.differences);
    result.tournaments = tournaments;
    result.events = await verifyEvents(snapshot, result.differences);
    return result;
  });
}

async function recompute(snapshot: Queryable, board: Leaderboard): Promise<Recomputed> {
  const recomputed: Recomputed = { submissions: 0, periods: new Map(), statistics: new Map() };
  let seq = 0;
  for (;;) {
    const rows = await readLog(snapshot, { leaderboardId: board.id, seq, limit: CHUNK });
    for (const row of rows) {
      for (const key of periodsOf(row, board)) {
        const period = recomputed.periods.get(key) ?? new Map<string, EntryValue>();
        recomputed.periods.set(key, period);
        const value = applyScore(period.get(row.playerId) ?? null, row, board);
        if (!value) throw new Error(`submission ${row.seq} carries a sum past its limit and should have been refused`);
        period.set(row.playerId, value);
      }
      addTo(recomputed.statistics, row);
    }
    recomputed.submissions += rows.length;
    seq = rows.at(-1)?.seq ?? seq;
    if (rows.length < CHUNK) return recomputed;
  }
}

/** A period that had ended may be without a play that came late and that a tournament took. */
function periodsOf({ playedAt, submittedAt, onlyIn }: LogRow, { cadences }: Leaderboard): string[] {
  const periods = cadences.map((cadence) => {
    const { key, endsAt } = periodAt(cadence, playedAt);
    return { name: `${cadence} ${key}`, mayLack: onlyIn !== null && endsAt !== null && endsAt <= submittedAt };
  });
  return periods.filter(({ name, mayLack }) => !mayLack || onlyIn?.includes(name)).map(({ name }) => name);
}

function addTo(statistics: Map<string, Statistics>, { playerId, score, playedAt }: LogRow): void {
  const sum = statistics.get(playerId) ?? { scores: 0, sum: 0n, highScore: -Infinity, lastPlayedAt: playedAt };
  sum.scores += 1;
  sum.sum += BigInt(score);
  sum.highScore = Math.max(sum.highScore, score);
  if (playedAt > sum.lastPlayedAt) sum.lastPlayedAt = playedAt;
  statistics.set(playerId, sum);
}

async function compareEntries(
  snapshot: Queryable,
  board: Leaderboard,
  { periods }: Recomputed,
  differences: Difference[],
): Promise<number> {
  let compared = 0;
  const differs = createBoardCompare(board, 'entry', differences);
  for (const stored of await listPeriods(snapshot, board.id)) {
    const name = `${stored.cadence} ${stored.key}`;
    const expected = periods.get(name) ?? new Map<string, EntryValue>();
    periods.delete(name);
    createBoardCompare(board, 'period size', differences)(name, String(stored.size), String(expected.size));
    const read = (last: StoredEntry | null) =>
      readEntries(snapshot, { periodId: stored.id, playerId: last?.playerId ?? FIRST_ID, limit: CHUNK });
    for await (const entry of chunks(read)) {
      compared += 1;
      differs(`${name} ${entry.playerId}`, textOf(entry), textOf(expected.get(entry.playerId)));
      expected.delete(entry.playerId);
    }
    for (const [playerId, value] of expected) differs(`${name} ${playerId}`, null, textOf(value));
  }
  for (const [name, missing] of periods)
    createBoardCompare(board, 'period size', differences)(name, null, String(missing.size));
  return compared;
}

async function compareStatistics(
  snapshot: Queryable,
  board: Leaderboard,
  { statistics }: Recomputed,
  differences: Difference[],
): Promise<void> {
  const differs = createBoardCompare(board, 'statistics', differences);
  const text = (value: (Omit<StoredStatistics, 'playerId' | 'sum'> & { sum: bigint | string }) | undefined) =>
    value
      ? `${value.scores} scores, sum ${value.sum}, high ${value.highScore}, last at ${value.lastPlayedAt?.toISOString()}`
      : null;
  const read = (last: StoredStatistics | null) =>
    readStatistics(snapshot, { leaderboardId: board.id, playerId: last?.playerId ?? FIRST_ID, limit: CHUNK });
  for await (const row of chunks(read)) {
    differs(row.playerId, text(row), text(statistics.get(row.playerId)));
    statistics.delete(row.playerId);
  }
  for (const [playerId, value] of statistics) differs(playerId, null, text(value));
}

function createBoardCompare({ id }: Leaderboard, what: string, differences: Difference[]): Compare {
  return createCompare({ in: `leaderboard ${id}`, what }, differences);
}

function textOf(value: EntryValue | undefined): string | null {
  return value ? `${value.orderKey} at ${value.reachedSeq}` : null;
}
