import { findLeaderboard } from '../db/leaderboards.ts';
import type { Database } from '../db/open.ts';

/** Board ids by the slugs of game and board. Null when there is no such board. */
export type BoardNames = { idOf(game: string, slug: string): Promise<string | null> };

const REMEMBERED_MAX = 10_000;

/** Remembers what it found: slugs never change and boards are never deleted. What does not exist is asked again. */
export function createBoardNames(database: Database): BoardNames {
  const known = new Map<string, string>();
  return {
    idOf: async (game, slug) => {
      const name = `${game}/${slug}`;
      const remembered = known.get(name);
      if (remembered) return remembered;
      const board = await findLeaderboard(database, game, slug);
      if (!board) return null;
      if (known.size >= REMEMBERED_MAX) known.clear();
      known.set(name, board.id);
      return board.id;
    },
  };
}
