import type { Queryable } from '../db/open.ts';
import { readWatchedTournament } from '../db/readWatchedTournament.ts';
import type { Tournament } from '../domain/tournament.ts';
import { type Topics, tournamentTopic } from '../redis/topics.ts';
import type { Slot } from './slot.ts';
import { createTournamentWatch, type TournamentWatch } from './tournamentWatch.ts';
import { createWatches } from './watches.ts';

/** Who hears of tournaments. */
export type TournamentFeed = {
  /** A tournament that there is, now and after each change. The last event is the last state. */
  watchTournament(id: string): Slot<Tournament>;
  /** How many streams are open in this process. */
  live(): number;
  /** Ends all streams. */
  close(): void;
};

export function createTournamentFeed(options: {
  database: Queryable;
  topics: Topics;
  log: { error(fields: object, message: string): void };
}): TournamentFeed {
  const { database, topics, log } = options;
  const tournaments = createWatches<TournamentWatch>({ topics });

  return {
    watchTournament: (id) => {
      const read = () => readWatchedTournament(database, id);
      return tournaments.of(id, tournamentTopic(id), (idle) => createTournamentWatch({ read, log, idle })).watch();
    },
    live: () => tournaments.live(),
    close: () => tournaments.close(),
  };
}
