/** Boards, players' statistics and tournaments of one game are apart from those of others. */
export type Game = { id: string; slug: string; name: string; createdAt: Date };
