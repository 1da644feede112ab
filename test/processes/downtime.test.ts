import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { send, startTestApp, type TestApp } from '../setup/app.ts';
import { createBoard, signIn } from '../setup/documents.ts';
import { MyPrizes } from '../setup/prizeDocuments.ts';
import { CreateTournamentSeries, SeriesById } from '../setup/seriesDocuments.ts';
import { enterWithScores, reload, requireConsistent } from '../setup/tournaments.ts';

const WEEK_S = 7 * 24 * 60 * 60;

test.for([{ embedded: false }, { embedded: true }])(
  'after downtime over three ends of a weekly series all are settled in order and the current one is open, %j',
  { timeout: 60_000 },
  async ({ embedded }) => {
    // Without its worker it is as if it were down, as far as the clock is concerned.
    const before = await startTestApp({ embedded, env: { ROLES: 'api' } });
    const id = await createWeekly(before);
    const winner = await signIn(before, 'Ada');
    await moveWeeksBack(before, 3, winner.id);
    await before.stop();

    const after = await startTestApp({ embedded: true, env: { ...before.env, ROLES: 'api,worker' } });
    const states = async () => (await tournamentsOf(after, id)).map(({ state }) => state);
    await expect.poll(states, { timeout: 20_000 }).toEqual(['SETTLED', 'SETTLED', 'SETTLED', 'OPEN', 'SCHEDULED']);
    const tournaments = await tournamentsOf(after, id);
    const starts = tournaments.map(({ startsAt }) => Date.parse(startsAt));
    expect(starts.slice(1).map((start, index) => start - (starts[index] ?? 0))).toEqual(
      Array.from({ length: 4 }, () => WEEK_S * 1_000),
    );
    const settledAt = tournaments.flatMap((tournament) => tournament.settledAt ?? []);
    expect(settledAt).toEqual(settledAt.toSorted());
    const { data } = await send(after.url, MyPrizes, {}, winner.token);
    expect(data.prizes.edges.map(({ node }) => node.coins)).toEqual([5_000]);
    await requireConsistent(after.core.database);
    await after.stop();
  },
);

async function createWeekly(app: TestApp): Promise<string> {
  await createBoard(app);
  const input = {
    game: 'g',
    leaderboard: 'scores',
    name: 'Weekly',
    cron: '0 0 * * 1',
    durationSeconds: WEEK_S,
    graceSeconds: 0,
  };
  const { data } = await send(app.url, CreateTournamentSeries, { input }, await app.tokenFor('admin', 'admin'));
  if (data.createTournamentSeries.__typename !== 'TournamentSeries') throw new Error('the series was not created');
  return data.createTournamentSeries.id;
}

/** What there would be had the server gone down so many weeks ago, with one play in the tournament that was open then. */
async function moveWeeksBack({ core: { database } }: TestApp, weeks: number, playerId: string): Promise<void> {
  const ago = sql`make_interval(weeks => ${weeks}::int)`;
  await database.rows(sql`
    update tournament_series set next_starts_at = next_starts_at - ${ago}, makes_next_at = makes_next_at - ${ago}`);
  await database.rows(sql`update tournaments set starts_at = starts_at - ${ago}, ends_at = ends_at - ${ago}`);
  const [open] = await database.rows<{ id: string }>(sql`select id from tournaments order by starts_at limit 1`);
  const tournament = await reload(database, open ?? { id: '' });
  await enterWithScores(database, tournament, [{ playerId: atob(playerId).split(':')[1] ?? '', score: 7 }]);
}

/** The earliest first. */
async function tournamentsOf(app: TestApp, id: string) {
  const { data } = await send(app.url, SeriesById, { id });
  if (!data.node || !('tournaments' in data.node)) throw new Error('there is no such series');
  return data.node.tournaments.edges.map(({ node }) => node).toReversed();
}
