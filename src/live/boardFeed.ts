import type { Log } from '../log.ts';
import type { BoardChange } from '../domain/leaderboards/boardChange.ts';
import type { Cadence } from '../domain/leaderboards/period.ts';
import type { Standing } from '../domain/leaderboards/standing.ts';
import type { Topics } from '../domain/topics.ts';
import { createBoardHistory } from './boardHistory.ts';
import { type BoardWatch, createBoardWatch } from './boardWatch.ts';
import { createRetainedHistories } from './retainedHistories.ts';
import type { StandingsReader } from '../mirror/standingsReader.ts';
import { createWatches } from './watches.ts';

/** Streams of the changes of boards. Every stream starts with the present state, and its last message is the last state. */
export type BoardFeed = {
  /**
   * The first `top` rows of the present period of a board, now and after each change. `afterRevision` is what a client
   * holds that was away: the first message leads on from there if this process has handed that state out lately.
   */
  watchTop(
    leaderboardId: string,
    cadence: Cadence,
    wanted: { top: number; afterRevision: number | null },
  ): AsyncIterableIterator<BoardChange, undefined>;
  /** A player's standing in the present period, whenever it changes. Silent while the player has none. */
  watchStanding(
    leaderboardId: string,
    cadence: Cadence,
    playerId: string,
  ): AsyncIterableIterator<Standing | null, undefined>;
  /** How many streams are open in this process. */
  live(): number;
  /** Ends all streams. */
  close(): void;
};

export function createBoardFeed(options: {
  reader: StandingsReader;
  topics: Topics;
  log: Pick<Log, 'error'>;
}): BoardFeed {
  const { reader, topics, log } = options;
  const retainedHistories = createRetainedHistories();
  const watches = createWatches<BoardWatch>({ topics, rechecked: () => retainedHistories.expire() });

  const watchOf = (leaderboardId: string, cadence: Cadence): BoardWatch => {
    const key = `${leaderboardId} ${cadence}`;
    return watches.of(key, leaderboardId, (onUnused) => {
      const history = retainedHistories.take(key) ?? createBoardHistory();
      const retainHistory = () => {
        onUnused();
        retainedHistories.retain(key, history);
      };
      return createBoardWatch({ reader, leaderboardId, cadence, history, log, onUnused: retainHistory });
    });
  };

  return {
    watchTop: (leaderboardId, cadence, { top, afterRevision }) =>
      watchOf(leaderboardId, cadence).watchTop(top, afterRevision),
    watchStanding: (leaderboardId, cadence, playerId) => watchOf(leaderboardId, cadence).watchStanding(playerId),
    live: () => watches.live(),
    close: () => {
      watches.close();
      retainedHistories.clear();
    },
  };
}
