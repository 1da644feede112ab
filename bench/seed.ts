import { sql } from 'drizzle-orm';
import { findGame, insertGame } from '../src/db/leaderboards/games.ts';
import { insertLeaderboard } from '../src/db/leaderboards/leaderboards.ts';
import type { Database } from '../src/db/open.ts';
import { saveSubmissions } from '../src/db/submissions/saveSubmissions.ts';
import type { Cadence } from '../src/domain/leaderboards/period.ts';

export const GAME = 'bench';

const BATCH = 250;

export async function seedPlayers(database: Database, count: number): Promise<string[]> {
  const rows = await database.rows<{ id: string }>(sql`
    insert into players (nickname) select 'Player ' || n from generate_series(1, ${count}::int) as n returning id`);
  return rows.map(({ id }) => id);
}

/** A board where higher is better, in the game `bench`; returns its id. */
export async function seedBoard(database: Database, slug: string, cadences: Cadence[]): Promise<string> {
  await insertGame(database, { slug: GAME, name: 'Bench' });
  const game = await findGame(database, GAME);
  if (!game) throw new Error('the game could not be made');
  const board = await insertLeaderboard(database, {
    gameId: game.id,
    slug,
    name: slug,
    sortOrder: 'DESCENDING',
    operator: 'BEST',
    cadences,
    minScore: null,
    maxScore: null,
    graceS: 0,
  });
  if (!board) throw new Error(`there is a board ${slug} already`);
  return board.id;
}

/** One score for each player, spread out and with a few ties. */
export async function seedScores(database: Database, leaderboardId: string, playerIds: string[]): Promise<void> {
  const scores = playerIds.map((playerId, index) => ({
    playerId,
    leaderboardId,
    // Knuth's multiplier: an even spread that is the same in each run.
    score: (index * 2_654_435_761) % 100_003,
    idempotencyKey: 'seed',
    metadata: null,
  }));
  for (let from = 0; from < scores.length; from += BATCH) {
    await saveSubmissions(database, scores.slice(from, from + BATCH));
  }
  // As autovacuum would soon: without it the first minutes of a new table are planned on guesses.
  await database.rows(sql`analyze`);
}
