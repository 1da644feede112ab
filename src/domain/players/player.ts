export type Player = { id: string; nickname: string; country: string | null; createdAt: Date };

/** One player's accepted submissions, summed up. */
export type PlayerStatistics = { scores: number; sum: number; highScore: number | null };
