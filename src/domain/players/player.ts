export type Player = { id: string; nickname: string; country: string | null; createdAt: Date };

export type Game = { id: string; slug: string; name: string; createdAt: Date };

/** One player's accepted submissions, summed up. */
export type PlayerStatistics = { scores: number; sum: number; highScore: number | null };
