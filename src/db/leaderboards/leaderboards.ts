import { and, asc, eq, getTableColumns, inArray, sql } from 'drizzle-orm';
import type { Leaderboard } from '../../domain/leaderboards/leaderboard.ts';
import type { ScoreRule } from '../../domain/leaderboards/scoreRule.ts';
import { textArray } from '../arrays.ts';
import { fixed, given } from '../fixed.ts';
import type { Database, Queryable } from '../open.ts';
import { leaderboardJson } from './leaderboardColumns.ts';
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

const byNames = fixed<'games' | 'slugs'>(sql`
  select x.n::int - 1 as index, ${leaderboardJson} as board
  from unnest(${given('games')}::text[], ${given('slugs')}::text[]) with ordinality as x(game, slug, n)
  join games g on g.slug = x.game join leaderboards l on l.game_id = g.id and l.slug = x.slug`);

/** Boards by the slugs of game and board, in the order of the names; null where there is none. */
export async function findLeaderboards(
  database: Queryable,
  names: { game: string; slug: string }[],
): Promise<(Leaderboard | null)[]> {
  const rows = await database.rows<{ index: number; board: Leaderboard }>(
    byNames({
      games: textArray(names.map(({ game }) => game)),
      slugs: textArray(names.map(({ slug }) => slug)),
    }),
  );
  const found = new Map(rows.map(({ index, board }) => [index, board]));
  return names.map((_name, index) => found.get(index) ?? null);
}

export async function loadLeaderboardsOf(database: Database, gameIds: string[]): Promise<Leaderboard[]> {
  return database.orm
    .select(columns)
    .from(leaderboards)
    .where(inArray(leaderboards.gameId, gameIds))
    .orderBy(asc(leaderboards.slug));
}

export async function loadLeaderboards(database: Database, ids: string[]): Promise<Leaderboard[]> {
  return database.orm.select(columns).from(leaderboards).where(inArray(leaderboards.id, ids));
}
