/** A player's result in a settled tournament. */
export type TournamentResult = {
  tournamentId: string;
  settledAt: Date;
  rank: number;
  score: number;
  attempts: number;
};
