import { describeError } from '../db/databaseErrors.ts';
import { asSnapshot, type BoardChange, movesBetween } from '../domain/boardChange.ts';
import { type Cadence, periodOfKey } from '../domain/period.ts';
import type { Standing } from '../domain/standing.ts';
import type { StandingsPage } from '../domain/standingsPage.ts';
import type { StandingsReader } from './read.ts';
import { createSlot, type Slot } from './slot.ts';

export type BoardWatch = {
  watchTop(top: number): Slot<BoardChange>;
  watchStanding(playerId: string): Slot<Standing>;
  /** The board may have changed: read it soon. */
  recheck(): void;
  live(): number;
  close(): void;
};

/** At most ten reads, and so ten events, a second. */
const READ_INTERVAL_MS = 100;
const RETRY_MS = 1_000;
const TIMER_MAX_MS = 86_400_000;

type TopListener = { top: number; slot: Slot<BoardChange>; isNew: boolean };
type StandingListener = { playerId: string; slot: Slot<Standing>; last: Standing | null };

/** Watches the present period of one board for all its subscribers in this process; `idle` is called when none is left. */
export function createBoardWatch(options: {
  reader: StandingsReader;
  leaderboardId: string;
  cadence: Cadence;
  log: { error(fields: object, message: string): void };
  idle: () => void;
}): BoardWatch {
  const { reader, leaderboardId, cadence, log } = options;
  const tops = new Set<TopListener>();
  const standings = new Set<StandingListener>();
  let page: StandingsPage | null = null;
  let pageTop = 0;
  let timer: NodeJS.Timeout | null = null;
  let rollover: NodeJS.Timeout | null = null;
  let isReading = false;
  let isStale = false;
  let nextReadAt = -Infinity;

  const recheck = (delayMs = 0) => {
    isStale = true;
    if (timer || isReading || live() === 0) return;
    const pauseMs = nextReadAt - performance.now();
    timer = setTimeout(() => void read(), Math.max(0, pauseMs, delayMs));
  };

  const read = async () => {
    timer = null;
    isReading = true;
    isStale = false;
    const startedAt = performance.now();
    let retryMs = 0;
    try {
      if (tops.size > 0) await readTop();
      if (standings.size > 0) await readStandings();
    } catch (error) {
      log.error({ error: describeError(error) }, 'a watched board could not be read; it is read again in a second');
      isStale = true;
      retryMs = RETRY_MS;
    }
    isReading = false;
    // A board that takes long to read is read for a third of the time at most.
    nextReadAt = startedAt + Math.max(READ_INTERVAL_MS, 3 * (performance.now() - startedAt));
    if (isStale) recheck(retryMs);
  };

  const readTop = async () => {
    const top = Math.max(...[...tops].map((listener) => listener.top));
    const next = await reader.top(leaderboardId, cadence, top);
    // All left meanwhile: nobody would keep the page up to date.
    if (tops.size === 0) return;
    const before = page;
    page = next;
    pageTop = top;
    if (next.periodKey !== before?.periodKey) scheduleRollover(next.periodKey);
    const changes = new Map<number, BoardChange | null>();
    for (const listener of tops) {
      // Came during the read and wants more rows than it has: the next read is due already.
      if (listener.top > top) continue;
      if (!changes.has(listener.top)) changes.set(listener.top, changeOf(before, next, listener.top));
      const change = changes.get(listener.top) ?? null;
      if (listener.isNew) listener.slot.offer(asSnapshot(change ?? changeOf(null, next, listener.top) ?? missing()));
      else if (change) listener.slot.offer(change);
      listener.isNew = false;
    }
  };

  const readStandings = async () => {
    const playerIds = [...new Set([...standings].map((listener) => listener.playerId))];
    const found = await reader.standingsOf(leaderboardId, cadence, playerIds);
    if (standings.size === 0) return;
    if (!page) scheduleRollover(found.periodKey);
    else if (found.periodKey !== page.periodKey) isStale = true;
    const byPlayer = new Map(found.rows.map((row) => [row.player.id, row]));
    for (const listener of standings) {
      const standing = byPlayer.get(listener.playerId);
      if (!standing || isSame(listener.last, standing)) continue;
      listener.last = standing;
      listener.slot.offer(standing);
    }
  };

  /** The clock only prompts a read: which period is present is for the database to say. */
  const scheduleRollover = (periodKey: string) => {
    const { endsAt } = periodOfKey(cadence, periodKey);
    if (rollover) clearTimeout(rollover);
    if (!endsAt) return;
    const remainingMs = endsAt.getTime() - Date.now();
    const delayMs = Math.min(Math.max(remainingMs + 10, RETRY_MS), TIMER_MAX_MS);
    rollover = setTimeout(() => {
      scheduleRollover(periodKey);
      recheck();
    }, delayMs);
    rollover.unref();
  };

  const live = () => tops.size + standings.size;

  const removed = () => {
    if (live() > 0) return;
    if (timer) clearTimeout(timer);
    if (rollover) clearTimeout(rollover);
    timer = null;
    rollover = null;
    options.idle();
  };

  return {
    watchTop(top) {
      const listener: TopListener = {
        top,
        isNew: true,
        slot: createSlot<BoardChange>({
          merge: (_unread, newer) => asSnapshot(newer),
          closed: () => {
            tops.delete(listener);
            // Nobody keeps it up to date from here on.
            if (tops.size === 0) page = null;
            removed();
          },
        }),
      };
      tops.add(listener);
      const known = page && pageTop >= top ? changeOf(null, page, top) : null;
      if (known && !isStale && !isReading) {
        listener.slot.offer(known);
        listener.isNew = false;
      } else {
        recheck();
      }
      return listener.slot;
    },
    watchStanding(playerId) {
      const listener: StandingListener = {
        playerId,
        last: null,
        slot: createSlot<Standing>({
          merge: (_unread, newer) => newer,
          closed: () => {
            standings.delete(listener);
            removed();
          },
        }),
      };
      standings.add(listener);
      recheck();
      return listener.slot;
    },
    recheck: () => recheck(),
    live,
    close: () => {
      for (const { slot } of [...tops, ...standings]) void slot.return?.();
    },
  };
}

/** Null when nothing has changed. Another period, or no known state before, makes a snapshot. */
function changeOf(before: StandingsPage | null, page: StandingsPage, top: number): BoardChange | null {
  const isContinued = before !== null && before.periodKey === page.periodKey;
  if (isContinued && before.revision === page.revision) return null;
  const standings = page.rows.slice(0, top);
  return Object.freeze({
    leaderboard: page.leaderboard,
    cadence: page.cadence,
    periodKey: page.periodKey,
    revision: page.revision,
    at: new Date(),
    snapshot: !isContinued,
    standings,
    moves: isContinued ? movesBetween(before.rows.slice(0, top), standings) : [],
    totalCount: page.size,
  });
}

function isSame(a: Standing | null, b: Standing): boolean {
  return (
    a !== null &&
    a.periodKey === b.periodKey &&
    a.score === b.score &&
    a.reachedSeq === b.reachedSeq &&
    a.size === b.size &&
    a.ranks.ordinal === b.ranks.ordinal &&
    a.ranks.competition === b.ranks.competition &&
    a.ranks.dense === b.ranks.dense
  );
}

function missing(): never {
  throw new Error('a board that was read has no state');
}
