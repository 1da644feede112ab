import { comesTwice, lastStarts, nextStart, offsetAt, type Schedule } from './schedule.ts';
import type { NewTournament, TournamentRules } from './tournament.ts';

/** The rules that each tournament of a series gets; what is a moment there is a distance from the start here. */
export type SeriesRules = Omit<
  TournamentRules,
  'endsAt' | 'name' | 'registrationClosesAt' | 'registrationOpensAt' | 'startsAt'
> & {
  /** How long before the start registration opens; null: when the tournament is made. */
  registrationOpensBeforeS: number | null;
  /** How long after the start it closes; null: with the tournament. */
  registrationClosesAfterS: number | null;
};

export type NewTournamentSeries = Schedule & {
  gameId: string;
  leaderboardId: string;
  name: string;
  durationS: number;
  rules: SeriesRules;
  /** The start of the first tournament that has not been made. */
  nextStartsAt: Date;
  /** When that one is to be made. */
  makesNextAt: Date;
};

export type TournamentSeries = NewTournamentSeries & {
  id: string;
  createdAt: Date;
  /** Null: it goes on. */
  endedAt: Date | null;
  /** When this was read, by the database's clock. */
  readAt: Date;
};

/** What a round makes of a series, and where it stands afterwards. */
export type SeriesRound = { tournaments: NewTournament[] } & Pick<NewTournamentSeries, 'makesNextAt' | 'nextStartsAt'>;

/** After a gap, so many of the latest are made up for; older ones are left out. */
export const MISSED_MAX = 1_000;
/** So long a transaction of one round takes well under the second that others wait for its locks. */
const ROUND_MAX = 100;
/** No cron expression of five fields has starts closer together. */
const SHORTEST_MS = 60_000;

/** The start of a new series: the latest one whose window is open at this moment, else the next. */
export function firstStart(series: Schedule & { durationS: number }, now: Date): Date {
  const [last] = lastStarts(series, 1, now);
  return last && last.getTime() + series.durationS * 1_000 > now.getTime() ? last : nextStart(series, now);
}

/**
 * The tournaments that are to be made at a moment, in order, a hundred at most. The next one is made when the one before it
 * starts, or when its registration opens, whichever is earlier: so there always is one to come.
 */
export function roundOf(series: TournamentSeries, now: Date): SeriesRound {
  const tournaments: NewTournament[] = [];
  let { makesNextAt, nextStartsAt } = series;
  if (makesNextAt <= now) nextStartsAt = withoutAbsurdGap(series, now);
  while (makesNextAt <= now && tournaments.length < ROUND_MAX) {
    const startsAt = nextStartsAt;
    tournaments.push(tournamentOf(series, startsAt));
    nextStartsAt = nextStart(series, startsAt);
    const opensAt = shift(nextStartsAt, -(series.rules.registrationOpensBeforeS ?? 0));
    makesNextAt = opensAt < startsAt ? opensAt : startsAt;
  }
  return { tournaments, nextStartsAt, makesNextAt };
}

/** The tournament of a series that starts then. */
function tournamentOf(
  series: Omit<NewTournamentSeries, 'makesNextAt' | 'nextStartsAt'> & { id: string },
  startsAt: Date,
): NewTournament {
  const { registrationOpensBeforeS: opens, registrationClosesAfterS: closes, ...rules } = series.rules;
  return {
    ...rules,
    gameId: series.gameId,
    leaderboardId: series.leaderboardId,
    seriesId: series.id,
    name: `${series.name} ${dateOf(series, startsAt)}`,
    startsAt,
    endsAt: shift(startsAt, series.durationS),
    registrationOpensAt: opens === null ? null : shift(startsAt, -opens),
    registrationClosesAt: closes === null ? null : shift(startsAt, closes),
  };
}

function withoutAbsurdGap(series: TournamentSeries, now: Date): Date {
  const { nextStartsAt } = series;
  if (now.getTime() - nextStartsAt.getTime() <= MISSED_MAX * SHORTEST_MS) return nextStartsAt;
  const oldest = lastStarts(series, MISSED_MAX, now).at(-1);
  return oldest && oldest > nextStartsAt ? oldest : nextStartsAt;
}

/**
 * `2026-11-23`, and `2026-11-23 18:30` where it is not midnight, in the time zone of the series. A time that comes twice
 * because the clocks are put back has its offset: `2027-10-31 02:00 +02:00`.
 */
function dateOf({ timeZone }: Schedule, at: Date): string {
  const text = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(at);
  return comesTwice(at, timeZone) ? `${text} ${offsetAt(at, timeZone)}` : text.replace(/ 00:00$/, '');
}

function shift(at: Date, seconds: number): Date {
  return new Date(at.getTime() + seconds * 1_000);
}
