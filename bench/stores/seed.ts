import { sql } from 'drizzle-orm';
import postgres from 'postgres';
import type { Tokens } from '../../src/auth/tokens.ts';
import { findGame, insertGame } from '../../src/db/leaderboards/games.ts';
import { insertLeaderboard } from '../../src/db/leaderboards/leaderboards.ts';
import type { Database } from '../../src/db/open.ts';
import type { Cadence } from '../../src/domain/leaderboards/period.ts';

export const GAME = 'bench';

/** Scores of written entries lie below it. */
export const SCORE_MAX = 10_000_000;

export type Player = { id: string; globalId: string; token: string };

/** New players. */
export async function seedPlayers(database: Database, count: number): Promise<string[]> {
  const rows = await database.rows<{ id: string }>(sql`
    insert into players (nickname) select 'Player ' || n from generate_series(1, ${count}::int) as n returning id`);
  return rows.map(({ id }) => id);
}

/** What clients know of these players. */
export async function signIn(tokens: Tokens, ids: string[]): Promise<Player[]> {
  return Promise.all(
    ids.map(async (id) => ({
      id,
      globalId: Buffer.from(`Player:${id}`).toString('base64'),
      token: (await tokens.sign(id, ['player'])).token,
    })),
  );
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

/**
 * Gives the first so many players of the database an entry each on ALL_TIME boards that have none, and makes the players
 * that are missing. Written as they stand, without a submission each, on a connection without deadlines.
 */
export async function writeEntries(databaseUrl: string, boardIds: string[], count: number): Promise<void> {
  const client = postgres(databaseUrl, { max: 1 });
  try {
    await client`
      insert into players (nickname)
      select 'Player ' || n from generate_series((select count(*) from players) + 1, ${count}) n`;
    for (const boardId of boardIds) {
      await client`
        with period as (
          insert into board_periods (leaderboard_id, cadence, key, revision, size)
          values (${boardId}, 'ALL_TIME', 'ALL', 1, ${count}) returning id
        ), logged as (
          insert into submissions
            (player_id, leaderboard_id, score, idempotency_key, payload_hash, submitted_at, outcome, effect)
          select id, ${boardId}, (random() * ${SCORE_MAX}::int)::int, ${`seed ${boardId}`}, '', now(), 'IMPROVED', '{}'
          from (select id from players order by created_at, id limit ${count}) chosen
          returning seq, player_id, score
        )
        insert into entries (period_id, player_id, order_key, reached_seq, revision)
        select period.id, player_id, -score, seq, 1 from logged, period`;
    }
    // As autovacuum would soon: without it the first minutes of a new table are planned on guesses.
    await client`vacuum analyze`;
  } finally {
    await client.end();
  }
}

/** Some players of a board, spread over it evenly. */
export async function pickPlayers(databaseUrl: string, leaderboardId: string, count: number): Promise<string[]> {
  const client = postgres(databaseUrl, { max: 1 });
  try {
    const rows = await client<{ id: string }[]>`
      select player_id as id from (
        select player_id, row_number() over (order by order_key, reached_seq) as n, count(*) over () as size
        from entries join board_periods on board_periods.id = period_id where leaderboard_id = ${leaderboardId}
      ) ranked
      where (n * ${count}::int) / size > ((n - 1) * ${count}::int) / size`;
    return rows.map(({ id }) => id);
  } finally {
    await client.end();
  }
}
