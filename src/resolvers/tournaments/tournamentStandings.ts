import type { Context } from '../../context.ts';
import { readTournamentStandings } from '../../db/tournaments/readTournamentStandings.ts';
import { badInput } from '../../domain/errors.ts';
import { type Cursor, type StandingsPage, TOURNAMENT_KEY } from '../../domain/leaderboards/standingsPage.ts';
import type { Tournament } from '../../domain/tournaments/tournament.ts';
import { parseCursor } from '../leaderboards/standingCursor.ts';
import { rangeOf, type RangeInput } from '../leaderboards/standings.ts';

export type TournamentStandingsInput = Omit<RangeInput, 'fromRank' | 'players'> & {
  tournament: Tournament;
  dense: boolean;
};

/** One page of a tournament: live until it is settled, frozen from then on. */
export async function tournamentStandings(input: TournamentStandingsInput, ctx: Context): Promise<StandingsPage> {
  const { tournament, dense } = input;
  const range = rangeOf(input, tournamentCursor);
  return ctx.deepReads.run(() => readTournamentStandings(ctx.database, { tournament, dense, range }), ctx.abandoned);
}

export function tournamentCursor(text: string): Cursor {
  const cursor = parseCursor(text);
  if (cursor.periodKey !== TOURNAMENT_KEY) throw badInput('The cursor does not belong to a tournament.');
  return cursor;
}
