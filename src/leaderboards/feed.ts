import type { BoardChange } from '../domain/boardChange.ts';
import type { Cadence } from '../domain/period.ts';
import type { Standing } from '../domain/standing.ts';
import type { Topics } from '../redis/topics.ts';
import { type BoardWatch, createBoardWatch } from './boardWatch.ts';
import type { StandingsReader } from './read.ts';

/** Who hears of changes. Every stream starts with the present state, and its last event is the last state. */
export type Feed = {
  /** The first `top` rows of the present period of a board, now and after each change. */
  watchTop(leaderboardId: string, cadence: Cadence, top: number): AsyncIterableIterator<BoardChange, undefined>;
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
  const recheckAll = () => {
    for (const watch of watches.values()) watch.recheck();
  };
  topics.onResumed(recheckAll);
  const timer = setInterval(recheckAll, RECHECK_MS);
  timer.unref();

  const watchOf = (leaderboardId: string, cadence: Cadence): BoardWatch => {
    const key = `${leaderboardId} ${cadence}`;
    const existing = watches.get(key);
    if (existing) return existing;
    const forget = topics.listen(leaderboardId, () => watch.recheck());
    const watch = createBoardWatch({
      reader,
      leaderboardId,
      cadence,
      log,
      idle: () => {
        watches.delete(key);
        forget();
      },
    });
    watches.set(key, watch);
    return watch;
  };

  return {
    watchTop: (leaderboardId, cadence, top) => watchOf(leaderboardId, cadence).watchTop(top),
    watchStanding: (leaderboardId, cadence, playerId) => watchOf(leaderboardId, cadence).watchStanding(playerId),
    live: () => [...watches.values()].reduce((sum, watch) => sum + watch.live(), 0),
    close: () => {
      clearInterval(timer);
      for (const watch of watches.values()) watch.close();
    },
  };
}
