import type { Context } from '../context.ts';
import { findSubmission } from '../db/submissions/findSubmission.ts';
import { loadGames } from '../db/leaderboards/games.ts';
import { loadLeaderboardsOf, loadLeaderboards } from '../db/leaderboards/leaderboards.ts';
import { loadTournaments } from '../db/tournaments/loadTournaments.ts';
import { loadTournamentSeries } from '../db/tournaments/tournamentSeries.ts';
import { loadPlayers } from '../db/players/players.ts';
import type { Game } from '../domain/leaderboards/game.ts';
import type { Player } from '../domain/players/player.ts';
import type { Leaderboard } from '../domain/leaderboards/leaderboard.ts';
import { isId } from '../domain/id.ts';
import type { Submission } from '../domain/submissions/submission.ts';
import type { Tournament } from '../domain/tournaments/tournament.ts';
import type { TournamentSeries } from '../domain/tournaments/tournamentSeries.ts';
import { hasRole } from '../domain/players/viewer.ts';

/**
 * The values in the order of the ids. An id that is nobody's gives null, which only `node` can meet and passes on; the
 * type leaves that out because references within the data never dangle.
 */
type Load<T> = (ids: string[], ctx: Context) => Promise<T[]>;

export const loadPlayersById: Load<Player> = (ids, ctx) => byId(ids, (known) => loadPlayers(ctx.database, known));

export const loadGamesById: Load<Game> = (ids, ctx) => byId(ids, (known) => loadGames(ctx.database, known));

export const loadLeaderboardsById: Load<Leaderboard> = (ids, ctx) =>
  byId(ids, (known) => loadLeaderboards(ctx.database, known));

export const loadTournamentsById: Load<Tournament> = (ids, ctx) =>
  byId(ids, (known) => loadTournaments(ctx.database, known));

export const loadTournamentSeriesById: Load<TournamentSeries> = (ids, ctx) =>
  byId(ids, (known) => loadTournamentSeries(ctx.database, known));

/** The boards of each game. */
export async function loadLeaderboardsOfGames(gameIds: string[], ctx: Context): Promise<Leaderboard[][]> {
  const boards = await loadLeaderboardsOf(ctx.database, gameIds);
  return gameIds.map((gameId) => boards.filter((board) => board.gameId === gameId));
}

/** A submission is seen by its player, by game servers and by admins; to all others it does not exist. */
export async function findVisibleSubmission(id: string, ctx: Context): Promise<Submission | null> {
  if (!/^[1-9]\d{0,14}$/.test(id)) return null;
  const submission = await findSubmission(ctx.database, Number(id));
  const isOwn = submission?.playerId === ctx.viewer?.playerId;
  return isOwn || hasRole(ctx.viewer, 'server') || hasRole(ctx.viewer, 'admin') ? submission : null;
}

async function byId<T extends { id: string }>(ids: string[], load: (ids: string[]) => Promise<T[]>): Promise<T[]> {
  const known = [...new Set(ids.filter(isId))];
  const found = new Map((known.length > 0 ? await load(known) : []).map((value) => [value.id, value]));
  return ids.map((id) => found.get(id) ?? (null as unknown as T));
}
