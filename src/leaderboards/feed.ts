import type { BoardChange } from '../domain/boardChange.ts';
import type { Cadence } from '../domain/period.ts';
import type { Standing } from '../domain/standing.ts';
import type { Topics } from '../redis/topics.ts';
import { createBoardHistory } from './boardHistory.ts';
import { type BoardWatch, createBoardWatch } from './boardWatch.ts';
import { createIdleHistories } from './idleHistories.ts';
import type { StandingsReader } from './read.ts';

/** Who hears of changes. Every stream starts with the present state, and its last event is the last state. */
export type Feed = {
  /**
   * The first `top` rows of the present period of a board, now and after each change. `afterRevision` is what a client
   * holds that was away: the first event leads on from there if this process has handed that state out lately.
   */
  watchTop(
    leaderboardId: string,
    cadence: Cadence,
    wanted: { top: number; afterRevision: number | null },
  ): AsyncIterableIterator<BoardChange, undefined>;
  /** A player's standing in the present period, whenever it changes. Silent while the player has none. */
  watchStanding(leaderboardId: string, cadence: Cadence, playerId: string): AsyncIterableIterator<Standing, undefined>;
  /** How many streams are open in this process. */
  live(): number;
  /** Ends all streams. */
  close(): void;
};

/** A lost notice is made up for after this long. */
const RECHECK_MS = 5_000;

export function createFeed(options: {
  reader: StandingsReader;
  topics: Topics;
  log: { error(fields: object, message: string): void };
}): Feed {
  const { reader, topics, log } = options;
  const watches = new Map<string, BoardWatch>();
  const idleHistories = createIdleHistories();
  const recheckAll = () => {
    for (const watch of watches.values()) watch.recheck();
  };
  topics.onResumed(recheckAll);
  const timer = setInterval(() => {
    recheckAll();
    idleHistories.expire();
  }, RECHECK_MS);
  timer.unref();

  const watchOf = (leaderboardId: string, cadence: Cadence): BoardWatch => {
    const key = `${leaderboardId} ${cadence}`;
    const existing = watches.get(key);
    if (existing) return existing;
    const forget = topics.listen(leaderboardId, () => watch.recheck());
    // A watch reads before it tells anything, so what was missed meanwhile does not matter.
    const history = idleHistories.take(key) ?? createBoardHistory();
    const watch = createBoardWatch({
      reader,
      leaderboardId,
      cadence,
      history,
      log,
      idle: () => {
        watches.delete(key);
        idleHistories.keep(key, history);
        forget();
      },
    });
    watches.set(key, watch);
    return watch;
  };

  return {
    watchTop: (leaderboardId, cadence, { top, afterRevision }) =>
      watchOf(leaderboardId, cadence).watchTop(top, afterRevision),
    watchStanding: (leaderboardId, cadence, playerId) => watchOf(leaderboardId, cadence).watchStanding(playerId),
    live: () => [...watches.values()].reduce((sum, watch) => sum + watch.live(), 0),
    close: () => {
      clearInterval(timer);
      for (const watch of watches.values()) watch.close();
      idleHistories.clear();
    },
  };
}
