import { expect, test } from 'vitest';
import { DEMO } from '../../../src/domain/demo/demo.ts';
import {
  firstStart,
  MISSED_MAX,
  roundOf,
  type TournamentSeries,
} from '../../../src/domain/tournaments/tournamentSeries.ts';

const at = (text: string) => new Date(text);

function series(given: Partial<TournamentSeries> & { opensBeforeS?: number } = {}): TournamentSeries {
  const { board: _board, ...weekly } = DEMO.series;
  const nextStartsAt = given.nextStartsAt ?? at('2026-11-23');
  return {
    ...weekly,
    id: 'series',
    gameId: 'game',
    leaderboardId: 'board',
    createdAt: at('2026-01-01'),
    endedAt: null,
    readAt: nextStartsAt,
    makesNextAt: nextStartsAt,
    ...given,
    nextStartsAt,
    rules: { ...weekly.rules, registrationOpensBeforeS: given.opensBeforeS ?? null },
  };
}

const startsOf = (given: TournamentSeries, now: string) =>
  roundOf(given, at(now)).tournaments.map(({ startsAt }) => startsAt.toISOString().slice(0, 10));

test('the next tournament is made when the one before it starts', () => {
  const round = roundOf(series(), at('2026-11-23'));
  expect(round.tournaments.map(({ name }) => name)).toEqual(['Weekly cup 2026-11-23', 'Weekly cup 2026-11-30']);
  expect(round).toMatchObject({ nextStartsAt: at('2026-12-07'), makesNextAt: at('2026-11-30') });
});

test('or when its registration opens, if that is earlier', () => {
  const opensEarly = series({ opensBeforeS: 10 * 24 * 60 * 60 });
  expect(startsOf(opensEarly, '2026-11-23')).toEqual(['2026-11-23', '2026-11-30']);
  expect(roundOf(opensEarly, at('2026-11-23')).makesNextAt).toEqual(at('2026-11-27'));
});

test('after a gap every missed tournament is made, in order', () => {
  expect(startsOf(series({ nextStartsAt: at('2026-11-02') }), '2026-11-24')).toEqual([
    '2026-11-02',
    '2026-11-09',
    '2026-11-16',
    '2026-11-23',
    '2026-11-30',
  ]);
});

test('after an absurd gap the latest thousand are made up for, a hundred a round', () => {
  const minutely = series({ cron: '* * * * *', durationS: 60, nextStartsAt: at('2026-01-01') });
  const now = at('2026-11-24T12:00:30Z');
  let { tournaments, ...progress } = roundOf(minutely, now);
  let count = 0;
  expect(tournaments[0]?.startsAt.getTime()).toBe(at('2026-11-24T12:00:00Z').getTime() - (MISSED_MAX - 1) * 60_000);
  while (tournaments.length > 0) {
    expect(tournaments.length).toBeLessThanOrEqual(100);
    count += tournaments.length;
    ({ tournaments, ...progress } = roundOf({ ...minutely, ...progress }, now));
  }
  // And the one to come.
  expect(count).toBe(MISSED_MAX + 1);
});

test('a series starts with the window that is open, else with the next', () => {
  const weekly = { cron: '0 0 * * 1', timeZone: 'UTC' };
  const now = at('2026-11-24T12:00:00Z');
  expect(firstStart({ ...weekly, durationS: 7 * 86_400 }, now)).toEqual(at('2026-11-23'));
  expect(firstStart({ ...weekly, durationS: 86_400 }, now)).toEqual(at('2026-11-30'));
});

test('a tournament is named for the date of its start where the series is, with the hour unless it is midnight', () => {
  const evening = series({ cron: '30 18 * * 1', timeZone: 'Europe/Berlin', nextStartsAt: at('2026-11-23T17:30:00Z') });
  expect(roundOf(evening, at('2026-11-23T17:30:00Z')).tournaments[0]?.name).toBe('Weekly cup 2026-11-23 18:30');
});

test.for([
  ['0 * * * *', 'Europe/Berlin', '2027-10-30T22:00:00Z'],
  ['*/15 * * * *', 'Europe/Berlin', '2027-03-27T22:00:00Z'],
  ['*/15 * * * *', 'Australia/Lord_Howe', '2027-04-03T12:00:00Z'],
  ['*/30 * * * *', 'America/Havana', '2027-11-07T02:00:00Z'],
] as const)('no two tournaments of %s in %s are named alike over a change of the clocks', ([cron, timeZone, from]) => {
  const names = roundOf(
    series({ cron, timeZone, nextStartsAt: at(from), makesNextAt: at(from) }),
    new Date(at(from).getTime() + 6 * 3_600_000),
  ).tournaments.map(({ name }) => name);
  expect(names.length).toBeGreaterThan(5);
  expect(new Set(names).size).toBe(names.length);
});

test('a tournament whose hour comes twice is named with the offset from UTC', () => {
  const hourly = series({ cron: '0 * * * *', timeZone: 'Europe/Berlin', nextStartsAt: at('2027-10-30T23:00:00Z') });
  const made = roundOf(hourly, at('2027-10-31T02:00:00Z')).tournaments.slice(0, 4);
  expect(made.map(({ name }) => name.replace('Weekly cup ', ''))).toEqual([
    '2027-10-31 01:00',
    '2027-10-31 02:00 +02:00',
    '2027-10-31 02:00 +01:00',
    '2027-10-31 03:00',
  ]);
});
