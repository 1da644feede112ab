import type { Log } from '../log.ts';
import { listNewPrizes } from '../db/prizes/listNewPrizes.ts';
import type { Queryable } from '../db/open.ts';
import { readClock } from '../db/readClock.ts';
import { readWatchedTournament } from '../db/tournaments/readWatchedTournament.ts';
import type { Prize } from '../domain/prizes/prize.ts';
import type { Tournament } from '../domain/tournaments/tournament.ts';
import { AWARDED_PRIZES, tournamentTopic, type Topics } from '../domain/topics.ts';
import { createPrizeWatch, type PrizeReader, type PrizeWatch, readKnownPrizes } from './prizeWatch.ts';
import type { Slot } from '../async/slot.ts';
import type { Stream } from '../async/stream.ts';
import { createTournamentWatch, type TournamentWatch } from './tournamentWatch.ts';
import { createWatches } from './watches.ts';

/** Streams of the changes of tournaments, and of prizes. */
export type TournamentFeed = {
  /** A tournament that there is, now and after each change. The last message is the last state. */
  watchTournament(id: string): Slot<Tournament>;
  /** Each prize that is awarded to a player from the moment on at which this resolves, once, in the order of award. */
  watchPrizes(playerId: string): Promise<Stream<Prize>>;
  /** How many streams are open in this process. */
  live(): number;
  /** Ends all streams. */
  close(): void;
};

export function createTournamentFeed(options: {
  database: Queryable;
  topics: Topics;
  log: Pick<Log, 'error'>;
}): TournamentFeed {
  const { database, topics, log } = options;
  const tournaments = createWatches<TournamentWatch>({ topics });
  const prizes = createWatches<PrizeWatch>({ topics });
  const reader: PrizeReader = {
    now: () => readClock(database),
    awardedAfter: (since) => listNewPrizes(database, since),
  };

  return {
    watchTournament: (id) => {
      const read = () => readWatchedTournament(database, id);
      return tournaments
        .of(id, tournamentTopic(id), (onUnused) => createTournamentWatch({ read, log, onUnused }))
        .watch();
    },
    watchPrizes: async (playerId) => {
      const known = await readKnownPrizes(reader, playerId);
      const watch = prizes.of('all players', AWARDED_PRIZES, (onUnused) => createPrizeWatch({ reader, log, onUnused }));
      return watch.watch(playerId, known);
    },
    live: () => tournaments.live() + prizes.live(),
    close: () => {
      tournaments.close();
      prizes.close();
    },
  };
}
