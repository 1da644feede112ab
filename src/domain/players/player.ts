export type Player = { id: string; nickname: string; country: string | null; createdAt: Date };

/** The name of a player who gave none, from the hash of the device. */
export function nicknameOf(deviceHash: Uint8Array): string {
  return `Player ${Buffer.from(deviceHash).toString('hex', 0, 3)}`;
}

/** One player's accepted submissions, summed up. */
export type ScoreStatistics = { scores: number; sum: number; highScore: number | null };

/** One player's events, counted. `breakdown` is by type; the moments are null before the first. */
export type EventStatistics = {
  totalEvents: number;
  breakdown: Record<string, number>;
  firstSeenAt: Date | null;
  lastSeenAt: Date | null;
};

export type PlayerStatistics = EventStatistics & ScoreStatistics;
