import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CreateTournamentSeriesInput } from '../../generated/graphql.ts';
import { send, startTestApp, type TestApp } from '../../setup/app.ts';
import { createBoard } from '../../setup/documents.ts';
import { CreateTournamentSeries, EndTournamentSeries, SeriesById, SeriesOfGame } from '../../setup/seriesDocuments.ts';
import { TournamentById, UpdateTournament } from '../../setup/tournamentDocuments.ts';

let app: TestApp;
let admin: string;
beforeAll(async () => {
  app = await startTestApp();
  admin = await app.tokenFor('admin', 'admin');
  await createBoard(app);
});
afterAll(() => app.stop());

const WEEK_S = 7 * 24 * 60 * 60;
const weekly = (given: Partial<CreateTournamentSeriesInput> = {}): CreateTournamentSeriesInput => ({
  game: 'g',
  leaderboard: 'scores',
  name: 'Weekly cup',
  cron: '0 0 * * 1',
  durationSeconds: WEEK_S,
  ...given,
});

async function create(input: CreateTournamentSeriesInput) {
  const { data } = await send(app.url, CreateTournamentSeries, { input }, admin);
  if (data.createTournamentSeries.__typename !== 'TournamentSeries') throw new Error('the series was not created');
  return data.createTournamentSeries;
}

test('a weekly series has its open tournament and the next at once, with its rules, seen from all sides', async () => {
  const series = await create(
    weekly({
      name: 'Cup',
      joinRequired: true,
      maxAttempts: 3,
      registrationOpensBeforeSeconds: 86_400,
      registrationClosesAfterSeconds: 3_600,
    }),
  );
  expect(series).toMatchObject({
    timeZone: 'UTC',
    game: { slug: 'g' },
    leaderboard: { slug: 'scores' },
    endedAt: null,
  });
  const [next, open] = series.tournaments.edges.map(({ node }) => node);
  expect([next?.state, open?.state]).toEqual(['SCHEDULED', 'OPEN']);
  const startsAt = Date.parse(next?.startsAt ?? '');
  expect(new Date(startsAt).getUTCDay()).toBe(1);
  const moment = (offsetS: number) => new Date(startsAt + offsetS * 1_000).toISOString();
  expect(next).toMatchObject({
    name: `Cup ${moment(0).slice(0, 10)}`,
    endsAt: moment(WEEK_S),
    registrationOpensAt: moment(-86_400),
    registrationClosesAt: moment(3_600),
    joinRequired: true,
    maxAttempts: 3,
    series: { name: 'Cup' },
  });
  expect(open?.endsAt).toBe(moment(0));
  expect(series.nextStartsAt).toBe(moment(WEEK_S));
  const { id, __typename: _typename, ...rest } = series;
  expect((await send(app.url, SeriesById, { id })).data.node).toEqual(rest);
  const { data } = await send(app.url, SeriesOfGame, { game: 'g' });
  expect(data.tournamentSeries.edges.map(({ node }) => node)).toContainEqual({ id, name: 'Cup' });
});

test('creating the same series again is a conflict, until it has ended', async () => {
  const input = weekly({ name: 'Again', cron: '0 12 * * *', durationSeconds: 60 });
  const { id } = await create(input);
  const again = await send(app.url, CreateTournamentSeries, { input }, admin);
  expect(again.data.createTournamentSeries).toMatchObject({ code: 'CONFLICT' });
  for (const _retry of [1, 2]) {
    const ended = await send(app.url, EndTournamentSeries, { series: id }, admin);
    expect(ended.data.endTournamentSeries).toMatchObject({
      __typename: 'TournamentSeries',
      endedAt: expect.any(String) as string,
      nextStartsAt: null,
    });
  }
  expect((await create(input)).id).not.toBe(id);
});

test('a series that has ended makes no further tournaments', async () => {
  const series = await create(weekly({ name: 'Ending' }));
  await send(app.url, EndTournamentSeries, { series: series.id }, admin);
  await makeDue(series.id);
  // Another one, which is made after the clock has been round, shows that it has.
  const witness = await create(weekly({ name: 'Witness' }));
  await makeDue(witness.id);
  await expect.poll(() => countTournaments(witness.id), { timeout: 10_000 }).toBe(3);
  expect(await countTournaments(series.id)).toBe(2);
});

async function makeDue(id: string): Promise<void> {
  await app.core.database.rows(sql`
    update tournament_series set makes_next_at = clock_timestamp() - interval '1 second'
    where id = ${atob(id).split(':')[1]}::uuid`);
}

async function countTournaments(id: string): Promise<number> {
  const { data } = await send(app.url, SeriesById, { id });
  return data.node && 'tournaments' in data.node ? data.node.tournaments.edges.length : 0;
}

test.for([
  ['cron', { cron: '* * * * * *' }],
  ['timeZone', { timeZone: 'Mars/Olympus' }],
  ['durationSeconds', { durationSeconds: 0 }],
  ['name', { name: 'x'.repeat(81) }],
  ['registrationOpensBeforeSeconds', { registrationOpensBeforeSeconds: WEEK_S + 1 }],
  ['maxAttempts', { maxAttempts: 0 }],
  ['prizeTable', { prizeTable: [{ fromRank: 2, toRank: 1, coins: 1, gems: 0 }] }],
] as const)('a series whose %s breaks a rule is refused', async ([field, given]) => {
  const input = weekly({ name: 'Refused', ...(given as Partial<CreateTournamentSeriesInput>) });
  const { data } = await send(app.url, CreateTournamentSeries, { input }, admin);
  expect(data.createTournamentSeries).toMatchObject({ code: 'VALIDATION', path: `input.${field}` });
});

test('series are for admins to make and to end', async () => {
  const { errors } = await send(
    app.url,
    CreateTournamentSeries,
    { input: weekly() },
    await app.tokenFor('s', 'server'),
  );
  expect(errors[0]?.extensions.code).toBe('FORBIDDEN');
  const unknown = await send(app.url, EndTournamentSeries, { series: btoa('TournamentSeries:x') }, admin);
  expect(unknown.data.endTournamentSeries).toMatchObject({ code: 'NOT_FOUND' });
});

test('a tournament cannot be moved to the start of another one of its series', async () => {
  const series = await create(
    weekly({ name: 'Moving', cron: '0 0 * * *', registrationOpensBeforeSeconds: 2 * 86_400 }),
  );
  const [last, before] = series.tournaments.edges.map(({ node }) => node);
  const input = { tournament: before?.id ?? '', startsAt: last?.startsAt ?? '', endsAt: last?.endsAt ?? '' };
  const moved = await send(app.url, UpdateTournament, { input }, admin);
  expect(moved.data.updateTournament).toMatchObject({ code: 'CONFLICT' });
  const { data } = await send(app.url, TournamentById, { id: input.tournament });
  expect(data.tournament?.startsAt).toBe(before?.startsAt);
});
