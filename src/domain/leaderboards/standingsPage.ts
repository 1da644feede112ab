import type { Cadence } from './period.ts';
import type { EntryValue } from './standingOrder.ts';
import type { Leaderboard } from './leaderboard.ts';
import type { Standing } from './standing.ts';

export const PAGE_SIZE_MAX = 100;
export const PAGE_SIZE_DEFAULT = 20;
/** Stands where a board has the key of a period, on a tournament's standings. */
export const TOURNAMENT_KEY = 'TOURNAMENT';

/**
 * A position in the order of a board, not a rank: it stays where it is while scores move. `horizon` is the revision that the first page
 * was read at; a row that could stand on both sides of the cursor because it moved after that is left out.
 */
export type Cursor = EntryValue & { periodKey: string; horizon: number };

/** Which rows of a period are wanted. `limit` is 1 to PAGE_SIZE_MAX. */
export type StandingsRange =
  | { kind: 'after'; cursor: Cursor | null; limit: number }
  | { kind: 'before'; cursor: Cursor | null; limit: number }
  | { kind: 'fromRank'; rank: number; limit: number }
  | { kind: 'around'; playerId: string; limit: number }
  | { kind: 'players'; playerIds: string[] };

export type StandingsQuery = {
  leaderboardId: string;
  cadence: Cadence;
  /** A moment in the wanted period; null is now, by the database's clock. */
  at: Date | null;
  range: StandingsRange;
  /** Whether the dense ranks are wanted too. */
  dense: boolean;
  /** Aborted when nobody waits for the answer any more. Null for what the process reads for itself, which is never held up. */
  signal?: AbortSignal | null;
};

/** How far down a page may begin without counting as deep: PostgreSQL walks over what stands before it. */
const SHALLOW_RANK_MAX = 1_000;

/** Whether the rows before a page have to be counted, as everywhere but at the top. */
export function isDeep(range: StandingsRange): boolean {
  if (range.kind === 'fromRank') return range.rank > SHALLOW_RANK_MAX;
  return range.kind !== 'after' || range.cursor !== null;
}

/** Rows in standing order, with the size and revision of the period in the same snapshot. */
export type StandingsPage = {
  leaderboard: Leaderboard;
  cadence: Cadence;
  rows: Standing[];
  periodKey: string;
  size: number;
  revision: number;
  horizon: number;
  hasNextPage: boolean;
  hasPreviousPage: boolean;
  /** Which store ranked the rows. */
  source: 'redis' | 'sql';
};

/**
 * Whether asking on would give a row, where the rows that can be shown have the ordinal ranks from `first` to `last`: none
 * where `last` is 0. A page that came out short has met the end of the board in its direction.
 */
export function neighbours(
  range: StandingsRange,
  rows: Pick<Standing, 'ranks'>[],
  shown: { first: number; last: number },
) {
  if (range.kind === 'players' || shown.last === 0) return { hasNextPage: false, hasPreviousPage: false };
  const upwards = range.kind === 'before';
  const first = rows[0];
  const last = rows.at(-1);
  if (!first || !last) {
    // Around somebody who stands nowhere there is nothing on either side. What a cursor names is on neither side
    // of it, and may be all there is.
    const isMore = shown.last > shown.first;
    return {
      hasNextPage: upwards && isMore,
      hasPreviousPage: (range.kind === 'after' && isMore) || range.kind === 'fromRank',
    };
  }
  const isShort = rows.length < range.limit;
  return {
    hasNextPage: last.ranks.ordinal < shown.last && (upwards || !isShort),
    hasPreviousPage: first.ranks.ordinal > shown.first && !(upwards && isShort),
  };
}

export function cursorOf(range: StandingsRange): Cursor | null {
  return 'cursor' in range ? range.cursor : null;
}

/**
 * The rows of a page. Of those around a player, up to `limit` on either side, the ones that put the player in the
 * middle, or as near as the board's ends allow.
 */
export function rowsOf(range: StandingsRange, rows: Standing[]): Standing[] {
  if (range.kind !== 'around') return rows;
  const { playerId, limit } = range;
  const self = rows.findIndex((row) => row.player.id === playerId);
  const start = Math.max(0, Math.min(self - Math.floor((limit - 1) / 2), rows.length - limit));
  return rows.slice(start, start + limit);
}
