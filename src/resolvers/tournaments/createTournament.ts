import type { Context } from '../../context.ts';
import { insertTournament } from '../../db/tournaments/insertTournament.ts';
import { requireLeaderboard } from '../leaderboards/requireLeaderboard.ts';
import { readClock } from '../../db/readClock.ts';
import { ConflictError } from '../../domain/errors.ts';
import { RULES_DEFAULT, type NewTournament, type Tournament } from '../../domain/tournaments/tournament.ts';
import { requireConsistent, requireFuture } from '../../domain/tournaments/tournamentChange.ts';
import { parseTournament, payoutRuleOf, requireSoundPrizes, type TournamentInput } from './tournamentInput.ts';

export type CreateTournamentInput = TournamentInput & {
  game: string;
  leaderboard: string;
  name: string;
  startsAt: Date;
  endsAt: Date;
};

/** Creates a tournament that ends in the future. A repetition with the same board, name and start is a conflict. */
export async function createTournament(input: CreateTournamentInput, ctx: Context): Promise<Tournament> {
  const board = await requireLeaderboard(input.game, input.leaderboard, ctx);
  const tournament: NewTournament = {
    gameId: board.gameId,
    leaderboardId: board.id,
    seriesId: null,
    name: input.name,
    startsAt: input.startsAt,
    endsAt: input.endsAt,
    registrationOpensAt: null,
    registrationClosesAt: null,
    ...RULES_DEFAULT,
    payoutRule: payoutRuleOf(input, null),
    ...parseTournament(input),
  };
  requireConsistent(tournament);
  requireSoundPrizes(tournament);
  requireFuture(tournament.endsAt, await readClock(ctx.database));
  const created = await insertTournament(ctx.database, tournament);
  if (!created) throw new ConflictError('The leaderboard has a tournament with this name and start already.');
  return created;
}
