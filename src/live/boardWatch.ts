import type { Log } from '../log.ts';
import { asSnapshot, type BoardChange } from '../domain/leaderboards/boardChange.ts';
import { type Cadence, periodOfKey } from '../domain/leaderboards/period.ts';
import type { Standing } from '../domain/leaderboards/standing.ts';
import type { StandingsPage } from '../domain/leaderboards/standingsPage.ts';
import { createAlarm } from '../async/alarm.ts';
import type { BoardHistory } from './boardHistory.ts';
import { changesTo } from './changesTo.ts';
import type { StandingsReader } from '../mirror/standingsReader.ts';
import { createSlot, type Slot } from '../async/slot.ts';
import { createThrottledReads, RETRY_MS } from '../async/throttledReads.ts';
import type { Watch } from './watches.ts';

export type BoardWatch = Watch & {
  /** A subscriber who holds the state at `afterRevision` starts with what leads on from it, or else with a snapshot. */
  watchTop(top: number, afterRevision?: number | null): Slot<BoardChange>;
  /** Null says that the player stands nowhere now, which is also how the stream of such a player begins. */
  watchStanding(playerId: string): Slot<Standing | null>;
};

type TopListener = {
  top: number;
  slot: Slot<BoardChange>;
  isNew: boolean;
  /** The revision that a new listener holds. */
  after: number | null;
  /** Which read was under way when the listener came; 0 for none. */
  cameDuring: number;
};
type StandingListener = {
  playerId: string;
  slot: Slot<Standing | null>;
  /** What it has been told: null that there is no standing, undefined nothing yet. */
  last: Standing | null | undefined;
};

/**
 * Watches the present period of one board for all its subscribers in this process, and adds what it reads to `history`.
 * `onUnused` is called when no subscriber is left.
 */
export function createBoardWatch(options: {
  reader: StandingsReader;
  leaderboardId: string;
  cadence: Cadence;
  history: BoardHistory;
  log: Pick<Log, 'error'>;
  onUnused: () => void;
}): BoardWatch {
  const { reader, leaderboardId, cadence, history, log } = options;
  const tops = new Set<TopListener>();
  const standings = new Set<StandingListener>();
  let page: StandingsPage | null = null;
  let pageTop = 0;
  const rollover = createAlarm();

  const reads = createThrottledReads({
    read: async () => {
      if (tops.size > 0) await readTop();
      if (standings.size > 0) await readStandings();
    },
    isWanted: () => live() > 0,
    failure: 'a watched board could not be read; it is read again in a second',
    log,
  });

  const readTop = async () => {
    const top = Math.max(...[...tops].map((listener) => listener.top));
    const next = await reader.top(leaderboardId, cadence, top);
    // All left meanwhile: nobody would keep the page up to date.
    if (tops.size === 0) return;
    const before = page;
    page = next;
    pageTop = top;
    history.add(next);
    if (next.periodKey !== before?.periodKey) scheduleRollover(next.periodKey);
    // The revision of a period without a score is that of the others, which late and imported plays still change.
    const isChanged =
      next.periodKey !== before?.periodKey || (next.revision !== before.revision && (next.size > 0 || before.size > 0));
    const changes = changesTo(next);
    for (const listener of tops) {
      // Came during the read and wants more rows than it has, or holds a later state: the next read is due already.
      if (listener.top > top || (listener.cameDuring === reads.current() && isAhead(listener, next))) continue;
      if (listener.isNew) listener.slot.offer(changes(heldBy(listener), listener.top));
      else if (isChanged) listener.slot.offer(changes(before, listener.top));
      listener.isNew = false;
    }
  };

  const heldBy = ({ after, top }: TopListener) => (after === null ? null : history.find(after, top));

  const readStandings = async () => {
    // Who comes during the read has not been asked for: that the answer lacks them says nothing.
    const asking = [...standings];
    const playerIds = [...new Set(asking.map((listener) => listener.playerId))];
    const found = await reader.standingsOf(leaderboardId, cadence, playerIds);
    if (standings.size === 0) return;
    if (!page) scheduleRollover(found.periodKey);
    else if (found.periodKey !== page.periodKey) reads.prompt();
    const byPlayer = new Map(found.rows.map((row) => [row.player.id, row]));
    for (const listener of asking) {
      const standing = byPlayer.get(listener.playerId) ?? null;
      if (isSame(listener.last, standing)) continue;
      listener.last = standing;
      listener.slot.offer(standing);
    }
  };

  /** The clock only prompts a read: which period is present is for the database to say. */
  const scheduleRollover = (periodKey: string) => {
    const { endsAt } = periodOfKey(cadence, periodKey);
    rollover.clear();
    if (!endsAt) return;
    rollover.set(Math.max(endsAt.getTime() - Date.now() + 10, RETRY_MS), () => {
      scheduleRollover(periodKey);
      reads.prompt();
    });
  };

  const live = () => tops.size + standings.size;

  const removed = () => {
    if (live() > 0) return;
    reads.stop();
    rollover.clear();
    options.onUnused();
  };

  return {
    watchTop(top, afterRevision = null) {
      const listener: TopListener = {
        top,
        isNew: true,
        after: afterRevision,
        cameDuring: reads.current(),
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
      if (page && pageTop >= top && !isAhead(listener, page) && reads.isSettled()) {
        listener.slot.offer(changesTo(page)(heldBy(listener), top));
        listener.isNew = false;
      } else {
        reads.prompt();
      }
      return listener.slot;
    },
    watchStanding(playerId) {
      const listener: StandingListener = {
        playerId,
        last: undefined,
        slot: createSlot<Standing | null>({
          merge: (_unread, newer) => newer,
          closed: () => {
            standings.delete(listener);
            removed();
          },
        }),
      };
      standings.add(listener);
      reads.prompt();
      return listener.slot;
    },
    recheck: () => reads.prompt(),
    live,
    close: () => {
      for (const { slot } of [...tops, ...standings]) void slot.return?.();
    },
  };
}

/** Whether a listener has been told a later state, by another process: then the page is out of date. */
function isAhead({ after }: TopListener, page: StandingsPage): boolean {
  return after !== null && after > page.revision;
}

function isSame(a: Standing | null | undefined, b: Standing | null): boolean {
  if (!a || !b) return a === b;
  return (
    a.periodKey === b.periodKey &&
    a.score === b.score &&
    a.reachedSeq === b.reachedSeq &&
    a.size === b.size &&
    a.ranks.ordinal === b.ranks.ordinal &&
    a.ranks.competition === b.ranks.competition &&
    a.ranks.dense === b.ranks.dense
  );
}
