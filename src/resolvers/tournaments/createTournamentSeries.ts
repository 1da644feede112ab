import { z } from 'zod';
import type { Context } from '../../context.ts';
import { requireLeaderboard } from '../leaderboards/requireLeaderboard.ts';
import { makeSeriesTournaments } from '../../db/tournaments/makeSeriesTournaments.ts';
import { loadTournamentSeries, insertTournamentSeries } from '../../db/tournaments/tournamentSeries.ts';
import { readClock } from '../../db/readClock.ts';
import { ConflictError, ValidationError } from '../../domain/errors.ts';
import { flawOfSchedule } from '../../domain/tournaments/schedule.ts';
import { RULES_DEFAULT } from '../../domain/tournaments/tournament.ts';
import { firstStart, type SeriesRules, type TournamentSeries } from '../../domain/tournaments/tournamentSeries.ts';
import { nameRule, parseInput } from '../parseInput.ts';
import { parseTournament, payoutRuleOf, requireSoundPrizes, type TournamentInput } from './tournamentInput.ts';

type Moments = 'endsAt' | 'registrationClosesAt' | 'registrationOpensAt' | 'startsAt';

export type CreateTournamentSeriesInput = Omit<TournamentInput, Moments> & {
  game: string;
  leaderboard: string;
  name: string;
  cron: string;
  timeZone?: string | null | undefined;
  durationSeconds: number;
  registrationOpensBeforeSeconds?: number | null | undefined;
  registrationClosesAfterSeconds?: number | null | undefined;
};

const DAY_S = 24 * 60 * 60;
const YEAR_S = 366 * DAY_S;
/** So that a series of every minute does not have more than some ten thousand tournaments ahead. */
const OPENS_BEFORE_MAX_S = 7 * DAY_S;
const secondsRule = (min: number, max: number) =>
  z.number().min(min, `use ${min} to ${max}`).max(max, `use ${min} to ${max}`);

const own = z.object({
  // A date follows it in the names of its tournaments.
  name: nameRule(80),
  durationSeconds: secondsRule(1, YEAR_S),
  registrationOpensBeforeSeconds: secondsRule(0, OPENS_BEFORE_MAX_S).nullish(),
  registrationClosesAfterSeconds: secondsRule(1, YEAR_S).nullish(),
});

/**
 * Creates a series and its first tournaments: the one whose window is open now, if there is one, and the next. A repetition
 * with the same board and name is a conflict.
 */
export async function createTournamentSeries(
  input: CreateTournamentSeriesInput,
  ctx: Context,
): Promise<TournamentSeries> {
  const board = await requireLeaderboard(input.game, input.leaderboard, ctx);
  const { name, durationSeconds: durationS } = parseInput(own, input);
  const schedule = { cron: input.cron, timeZone: input.timeZone ?? 'UTC' };
  const flaw = flawOfSchedule(schedule);
  if (flaw) throw new ValidationError(`input.${flaw.field}`, flaw.message);
  const rules = seriesRules(input);
  const now = await readClock(ctx.database);
  const created = await insertTournamentSeries(ctx.database, {
    ...schedule,
    gameId: board.gameId,
    leaderboardId: board.id,
    name,
    durationS,
    rules,
    nextStartsAt: firstStart({ ...schedule, durationS }, now),
    makesNextAt: now,
  });
  if (!created) throw new ConflictError('The leaderboard has a series with this name already.');
  await makeSeriesTournaments(ctx.database, created.id);
  const [series = created] = await loadTournamentSeries(ctx.database, [created.id]);
  return series;
}

function seriesRules(input: CreateTournamentSeriesInput): SeriesRules {
  const given = parseInput(own, input);
  const { name: _name, startsAt: _startsAt, endsAt: _endsAt, ...parsed } = parseTournament(input);
  const rules: SeriesRules = {
    ...RULES_DEFAULT,
    payoutRule: payoutRuleOf(input, null),
    registrationOpensBeforeS: given.registrationOpensBeforeSeconds ?? null,
    registrationClosesAfterS: given.registrationClosesAfterSeconds ?? null,
    ...parsed,
  };
  requireSoundPrizes(rules);
  return rules;
}
