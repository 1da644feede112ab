import { asc, eq, inArray } from 'drizzle-orm';
import type { Game } from '../../domain/leaderboards/game.ts';
import type { Database } from '../open.ts';
import { games } from './tables.ts';

/** Null when the slug is taken. */
export async function insertGame(database: Database, game: { slug: string; name: string }): Promise<Game | null> {
  const [row] = await database.orm.insert(games).values(game).onConflictDoNothing().returning();
  return row ?? null;
}

export async function listGames(database: Database): Promise<Game[]> {
  return database.orm.select().from(games).orderBy(asc(games.slug));
}

export async function findGame(database: Database, slug: string): Promise<Game | null> {
  const [row] = await database.orm.select().from(games).where(eq(games.slug, slug));
  return row ?? null;
}

export async function loadGames(database: Database, ids: string[]): Promise<Game[]> {
  return database.orm.select().from(games).where(inArray(games.id, ids));
}
