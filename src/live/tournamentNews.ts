import { AWARDED_PRIZES, tournamentTopic, type Topics } from '../domain/topics.ts';

/**
 * Tells the subscribers of all instances that there is something to read. To be called after the commit. Nothing here
 * throws or waits: a notice that is lost is made up for within five seconds.
 */
export type TournamentNews = {
  /** Anything that can be seen of the tournament: rules, state, entries, standings. */
  changed(tournamentId: string): void;
  /** These players have been awarded a prize. */
  awarded(playerIds: readonly string[]): void;
};

export function createTournamentNews(topics: Pick<Topics, 'publish'>): TournamentNews {
  return {
    changed: (tournamentId) => topics.publish(tournamentTopic(tournamentId)),
    awarded: (playerIds) => {
      if (playerIds.length > 0) topics.publish(AWARDED_PRIZES);
    },
  };
}
