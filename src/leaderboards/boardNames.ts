import { findLeaderboard } from '../db/leaderboards/leaderboards.ts';
import type { Database } from '../db/open.ts';
import type { Leaderboard } from '../domain/leaderboards/leaderboard.ts';

/** Board ids by the slugs of game and board. Null when there is no such board. */
export type BoardNames = { idOf(game: string, slug: string): Promise<string | null> };

const REMEMBERED_MAX = 10_000;

/**
 * Remembers what it found: slugs never change and boards are never deleted. What does not exist is asked again. A crowd
 * that asks for the same board at once shares one look-up.
 */
export function createBoardNames(database: Database): BoardNames {
  const known = new Map<string, string>();
  const asked = new Map<string, Promise<Leaderboard | null>>();
  const find = (name: string, game: string, slug: string) => {
    const pending = asked.get(name) ?? findLeaderboard(database, game, slug).finally(() => asked.delete(name));
    asked.set(name, pending);
    return pending;
  };
  return {
    idOf: async (game, slug) => {
      const name = `${game}/${slug}`;
      const remembered = known.get(name);
      if (remembered) return remembered;
      const board = await find(name, game, slug);
      if (!board) return null;
      if (known.size >= REMEMBERED_MAX) known.clear();
      known.set(name, board.id);
      return board.id;
    },
  };
}
