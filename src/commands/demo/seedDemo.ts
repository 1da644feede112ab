import { findGame, insertGame } from '../../db/leaderboards/games.ts';
import { insertLeaderboard, loadLeaderboardsOf } from '../../db/leaderboards/leaderboards.ts';
import { makeSeriesTournaments } from '../../db/tournaments/makeSeriesTournaments.ts';
import type { Database } from '../../db/open.ts';
import { findOrInsertPlayer } from '../../db/players/players.ts';
import { readClock } from '../../db/readClock.ts';
import { insertTournamentSeries, listTournamentSeries } from '../../db/tournaments/tournamentSeries.ts';
import { DEMO } from '../../domain/demo/demo.ts';
import type { Leaderboard } from '../../domain/leaderboards/leaderboard.ts';
import { firstStart } from '../../domain/tournaments/tournamentSeries.ts';
import type { Submitter } from '../../leaderboards/submit.ts';

/**
 * Makes the demo game with its boards, players, first scores and weekly series, as far as they are missing, and returns the id of the
 * player whom GraphiQL plays. Safe to repeat at every start: scores carry idempotency keys.
 */
export async function seedDemo(
  database: Database,
  submitter: Submitter,
  hashDevice: (deviceId: string) => Uint8Array,
): Promise<{ playerId: string }> {
  const game = (await insertGame(database, DEMO.game)) ?? (await findGame(database, DEMO.game.slug));
  if (!game) throw new Error('the demo game cannot be made');
  for (const board of DEMO.boards) {
    await insertLeaderboard(database, { ...board, gameId: game.id, minScore: null, maxScore: null, graceS: 0 });
  }
  const boards = (await loadLeaderboardsOf(database, [game.id])).filter((board) =>
    DEMO.boards.some(({ slug }) => slug === board.slug),
  );
  for (const [index, nickname] of DEMO.nicknames.entries()) {
    const player = await findOrInsertPlayer(database, { deviceHash: hashDevice(`demo ${nickname}`), nickname });
    for (const board of boards) {
      await submitter.submit({
        playerId: player.id,
        leaderboardId: board.id,
        score: firstScore(board.slug, index),
        idempotencyKey: `demo ${board.slug}`,
        metadata: null,
      });
    }
  }
  await seedSeries(database, boards);
  const guest = await findOrInsertPlayer(database, { deviceHash: hashDevice('demo guest'), nickname: 'You' });
  return { playerId: guest.id };
}

/** Once: a series that an admin has ended does not come back. */
async function seedSeries(database: Database, boards: Leaderboard[]): Promise<void> {
  const { board: slug, ...series } = DEMO.series;
  const board = boards.find((candidate) => candidate.slug === slug);
  const { rows } = await listTournamentSeries(database, {
    game: DEMO.game.slug,
    side: 'after',
    key: null,
    limit: 100,
  });
  if (!board || rows.some(({ name }) => name === series.name)) return;
  const now = await readClock(database);
  const owner = { gameId: board.gameId, leaderboardId: board.id };
  const nextStartsAt = firstStart(series, now);
  const made = await insertTournamentSeries(database, { ...series, ...owner, nextStartsAt, makesNextAt: now });
  if (made) await makeSeriesTournaments(database, made.id);
}

/** Spread out, with a tie here and there. */
function firstScore(slug: string, index: number): number {
  const step = Math.floor(index * 0.75);
  if (slug === 'fastest-lap') return 61_250 + step * 1_730;
  if (slug === 'coins') return 40 + step * 25;
  return 1_000 + ((step * 7) % 9) * 500;
}
