import { and, asc, eq, getTableColumns, inArray } from 'drizzle-orm';
import type { Leaderboard } from '../../domain/leaderboards/leaderboard.ts';
import type { ScoreRule } from '../../domain/leaderboards/scoreRule.ts';
import type { Database } from '../open.ts';
import { games, leaderboards } from './tables.ts';

const { createdAt: _createdAt, scoreRules: _scoreRules, ...columns } = getTableColumns(leaderboards);

/** Null when the game has a board with this slug. */
export async function insertLeaderboard(
  database: Database,
  board: Omit<Leaderboard, 'id'> & { scoreRules?: ScoreRule[] },
): Promise<Leaderboard | null> {
  const [row] = await database.orm.insert(leaderboards).values(board).onConflictDoNothing().returning(columns);
  return row ?? null;
}

/** Null when there is no such board. Only what is given changes. */
export async function updateLeaderboard(
  database: Database,
  id: string,
  changes: Partial<Pick<Leaderboard, 'graceS' | 'maxScore' | 'minScore' | 'name'>> & { scoreRules?: ScoreRule[] },
): Promise<Leaderboard | null> {
  const [row] = await database.orm.update(leaderboards).set(changes).where(eq(leaderboards.id, id)).returning(columns);
  return row ?? null;
}

export async function findLeaderboard(database: Database, game: string, slug: string): Promise<Leaderboard | null> {
  const [row] = await database.orm
    .select(columns)
    .from(leaderboards)
    .innerJoin(games, eq(games.id, leaderboards.gameId))
    .where(and(eq(games.slug, game), eq(leaderboards.slug, slug)));
  return row ?? null;
}

export async function listLeaderboards(database: Database, gameIds: string[]): Promise<Leaderboard[]> {
  return database.orm
    .select(columns)
    .from(leaderboards)
    .where(inArray(leaderboards.gameId, gameIds))
    .orderBy(asc(leaderboards.slug));
}

export async function loadLeaderboards(database: Database, ids: string[]): Promise<Leaderboard[]> {
  return database.orm.select(columns).from(leaderboards).where(inArray(leaderboards.id, ids));
}
