import { listGames } from '../db/leaderboards/games.ts';
import type { Database } from '../db/open.ts';

/** Game ids by slug or id. Null when there is no such game. */
export type GameNames = {
  idOf(name: string): Promise<string | null>;
  /** The game of what names none: the one that is configured, or else the only one there is. */
  default(): Promise<string | null>;
};

/** Remembers what it found: slugs never change and games are never deleted. What does not exist is asked again. */
export function createGameNames(database: Database, defaultSlug: string | null): GameNames {
  const known = new Map<string, string>();
  const refresh = async () => {
    const games = await listGames(database);
    for (const { id, slug } of games) known.set(slug, id).set(id, id);
    return games;
  };
  const idOf = async (name: string) => {
    if (!known.has(name)) await refresh();
    return known.get(name) ?? null;
  };
  return {
    idOf,
    default: async () => {
      if (defaultSlug !== null) return idOf(defaultSlug);
      const [game, another] = await refresh();
      return game && !another ? game.id : null;
    },
  };
}
