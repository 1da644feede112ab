import type { Log } from '../log.ts';
import type { BoardChange } from '../domain/leaderboards/boardChange.ts';
import { type Cadence, periodOfKey } from '../domain/leaderboards/period.ts';
import type { Standing } from '../domain/leaderboards/standing.ts';
import { createAlarm } from '../async/alarm.ts';
import type { BoardHistory } from './boardHistory.ts';
import type { StandingsReader } from '../mirror/standingsReader.ts';
import type { Slot } from '../async/slot.ts';
import { createThrottledReads, RETRY_MS } from '../async/throttledReads.ts';
import { createStandingListeners } from './standingListeners.ts';
import { createTopListeners } from './topListeners.ts';
import type { Watch } from './watches.ts';

export type BoardWatch = Watch & {
  /** A subscriber who holds the state at `afterRevision` starts with what leads on from it, or else with a snapshot. */
  watchTop(top: number, afterRevision?: number | null): Slot<BoardChange>;
  /** Null says that the player stands nowhere now, which is also how the stream of such a player begins. */
  watchStanding(playerId: string): Slot<Standing | null>;
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
  const live = () => tops.count() + standings.count();
  const onEmpty = () => {
    if (live() > 0) return;
    reads.stop();
    rollover.clear();
    options.onUnused();
  };
  const tops = createTopListeners({ history, onEmpty });
  const standings = createStandingListeners(onEmpty);

  const readTop = async () => {
    const rowsRead = tops.rowsWanted();
    const page = await reader.top(leaderboardId, cadence, rowsRead);
    // All left meanwhile: nobody would keep the page up to date.
    if (tops.count() === 0) return;
    if (page.periodKey !== tops.periodKey()) rollover.set(page.periodKey);
    tops.offer(page, { rowsRead, read: reads.current() });
  };
  const readStandings = async () => {
    // Who comes during the read has not been asked for: that the answer lacks them says nothing.
    const asked = standings.list();
    const found = await reader.standingsOf(leaderboardId, cadence, [...new Set(asked.map(({ playerId }) => playerId))]);
    if (standings.count() === 0) return;
    if (tops.periodKey() === null) rollover.set(found.periodKey);
    else if (tops.periodKey() !== found.periodKey) reads.prompt();
    standings.offer(asked, found.rows);
  };
  const reads = createThrottledReads({
    read: async () => {
      if (tops.count() > 0) await readTop();
      if (standings.count() > 0) await readStandings();
    },
    isWanted: () => live() > 0,
    failure: 'a watched board could not be read; it is read again in a second',
    log,
  });
  const rollover = createRollover(cadence, () => reads.prompt());

  return {
    watchTop(top, afterRevision = null) {
      const listener = tops.add({ top, after: afterRevision, cameDuring: reads.current() });
      if (!reads.isSettled() || !tops.offerKnown(listener)) reads.prompt();
      return listener.stream;
    },
    watchStanding(playerId) {
      const stream = standings.add(playerId);
      reads.prompt();
      return stream;
    },
    recheck: () => reads.prompt(),
    live,
    close: () => {
      tops.close();
      standings.close();
    },
  };
}

/** The clock only prompts a read at the end of a period: which period is present is for the database to say. */
function createRollover(cadence: Cadence, prompt: () => void) {
  const alarm = createAlarm();
  const set = (periodKey: string) => {
    alarm.clear();
    const { endsAt } = periodOfKey(cadence, periodKey);
    if (!endsAt) return;
    alarm.set(Math.max(endsAt.getTime() - Date.now() + 10, RETRY_MS), () => {
      set(periodKey);
      prompt();
    });
  };
  return { set, clear: alarm.clear };
}
