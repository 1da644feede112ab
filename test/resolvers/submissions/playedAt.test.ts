import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { settleTournament } from '../../../src/db/tournaments/settleTournament.ts';
import { periodAt } from '../../../src/domain/leaderboards/period.ts';
import { graphql } from '../../generated/gql.ts';
import type { Cadence, ServerScoreInput } from '../../generated/graphql.ts';
import { send, startTestApp, type TestApp } from '../../setup/app.ts';
import { Board, createBoard, signIn, SubmitScore, type TestPlayer } from '../../setup/documents.ts';
import { DriftReport } from '../../setup/mirrorDocuments.ts';
import { PlayedScores } from '../../setup/playedAtDocuments.ts';
import {
  CreateTournament,
  EndTournament,
  TournamentById,
  TournamentStandings,
} from '../../setup/tournamentDocuments.ts';
import { frozenRows, passEnd, requireVerified, secondsFromNow, tournamentInput } from '../../setup/tournaments.ts';

const ChangeGrace = graphql(`
  mutation ChangeGrace($input: UpdateLeaderboardInput!) {
    updateLeaderboard(input: $input) {
      __typename
      ... on Leaderboard {
        graceSeconds
      }
      ... on ValidationError {
        path
        message
      }
    }
  }
`);

const CADENCES: Cadence[] = ['ALL_TIME', 'DAILY', 'WEEKLY', 'MONTHLY'];
const DAY_MS = 86_400_000;

let app: TestApp;
let admin: string;
let server: string;
beforeAll(async () => {
  app = await startTestApp();
  [admin, server] = [await app.tokenFor('admin', 'admin'), await app.tokenFor('server', 'server')];
});
afterAll(async () => {
  await requireVerified(app.core.database);
  await app.stop();
});

type TestBoard = { game: string; slug: string };
type Play = Partial<ServerScoreInput> & { player: string; score: number };

let plays = 0;
const inputOf = ({ game, slug }: TestBoard, { playedAt, ...play }: Omit<Play, 'playedAt'> & { playedAt?: Date }) => ({
  game,
  leaderboard: slug,
  idempotencyKey: `play ${(plays += 1)}`,
  ...play,
  playedAt: playedAt?.toISOString(),
});

async function submit(board: TestBoard, play: Parameters<typeof inputOf>[1], token = server) {
  const { data } = await send(app.url, PlayedScores, { input: [inputOf(board, play)] }, token);
  const [result] = data.submitScores;
  if (!result) throw new Error('a score has no verdict');
  return result;
}

/** What `submitScore` answers, with the moment by the database's clock. */
async function playNow(board: TestBoard, player: TestPlayer, score: number): Promise<Date> {
  const input = { game: board.game, leaderboard: board.slug, score, idempotencyKey: `now ${(plays += 1)}` };
  const { data } = await send(app.url, SubmitScore, { input }, player.token);
  if (data.submitScore.__typename !== 'Submission') throw new Error(data.submitScore.message);
  return new Date(data.submitScore.submittedAt);
}

async function pageOf({ game, slug }: TestBoard, cadence: Cadence, at?: string) {
  const { data } = await send(app.url, Board, { game, slug, cadence, at: at ?? null });
  return data.leaderboard?.standings;
}

async function rowsOf(board: TestBoard, cadence: Cadence, at?: string): Promise<[player: string, score: number][]> {
  return (await pageOf(board, cadence, at))?.edges.map(({ node }) => [node.player.id, node.score]) ?? [];
}

async function newTournament(board: TestBoard, given: Parameters<typeof tournamentInput>[0] = {}): Promise<string> {
  const input = tournamentInput({ leaderboard: board.slug, ...given });
  const { data } = await send(app.url, CreateTournament, { input }, admin);
  if (data.createTournament.__typename !== 'Tournament') throw new Error(JSON.stringify(data.createTournament));
  return data.createTournament.id;
}

async function endNow(tournament: string): Promise<Date> {
  const { data } = await send(app.url, EndTournament, { tournament }, admin);
  if (data.endTournament.__typename !== 'Tournament') throw new Error(JSON.stringify(data.endTournament));
  return new Date(data.endTournament.endedAt ?? 0);
}

const later = (date: Date, ms: number) => new Date(date.getTime() + ms);
const rowId = (id: string) => ({ id: atob(id).split(':')[1] ?? '' });
/** The first moment of the day that the database has reached. */
async function midnight(): Promise<Date> {
  const rows = await app.core.database.rows<{ now: Date }>(sql`select clock_timestamp() as now`);
  return periodAt('DAILY', rows[0]?.now ?? new Date()).startsAt ?? new Date(0);
}

test('a score that arrives in the grace period counts if the play ended in time, and is settled with the others', async () => {
  const board = await createBoard(app, { slug: 'grace' });
  const [ada, bea] = [await signIn(app), await signIn(app)];
  const id = await newTournament(board, { graceSeconds: 60 });
  await playNow(board, bea, 5);
  const end = await endNow(id);
  const inTime = later(end, -1);
  expect(await submit(board, { player: ada.id, score: 9, playedAt: inTime })).toMatchObject({
    playedAt: inTime.toISOString(),
    attempts: [{ number: 1, tournament: { id } }],
  });
  expect(await submit(board, { player: ada.id, score: 10, playedAt: end })).toMatchObject({ attempts: [] });
  expect(await submit(board, { player: bea.id, score: 11 })).toMatchObject({ attempts: [] });
  const { data } = await send(app.url, TournamentStandings, { id });
  expect(data.tournament?.standings.edges).toMatchObject([
    { node: { player: { id: ada.id }, score: 9, reachedAt: inTime.toISOString() } },
    { node: { player: { id: bea.id }, score: 5 } },
  ]);
  const entry = await send(app.url, TournamentById, { id }, ada.token);
  expect(entry.data.tournament).toMatchObject({
    entrants: 2,
    myEntry: { attempts: 1, joinedAt: inTime.toISOString() },
  });

  await passEnd(app.core.database, rowId(id));
  // The server's own clock may be first.
  expect(await settleTournament(app.core.database, rowId(id).id)).toMatchObject({
    outcome: expect.stringMatching(/^SETTLED/),
  });
  expect(await frozenRows(app.core.database, rowId(id))).toMatchObject([{ orderKey: -9 }, { orderKey: -5 }]);
});

test('after the grace period a score is refused where it names the tournament, saying until when, and else counts on the board alone', async () => {
  const board = await createBoard(app, { slug: 'too-late' });
  const ada = await signIn(app);
  const id = await newTournament(board, { graceSeconds: 60 });
  await app.core.database.rows(sql`
    update tournaments set ends_at = date_trunc('milliseconds', clock_timestamp()) - interval '60 seconds',
      starts_at = clock_timestamp() - interval '1 hour' where id = ${rowId(id).id}::uuid`);
  const playedAt = secondsFromNow(-120);
  const named = { player: ada.id, score: 1, playedAt, tournament: id };
  const closed = { __typename: 'TournamentClosedError', message: expect.stringMatching(/until \d{4}-/) };
  expect(await submit(board, named)).toMatchObject({ ...closed, state: expect.stringMatching(/ENDED|SETTLED/) });
  expect(await submit(board, { player: ada.id, score: 1, playedAt })).toMatchObject({ attempts: [] });
  await settleTournament(app.core.database, rowId(id).id);
  expect(await submit(board, named)).toMatchObject({ ...closed, state: 'SETTLED' });
});

test('a play from before midnight counts in the day that it ended in as long as the board waits, and not today', async () => {
  const board = await createBoard(app, { slug: 'midnight', cadences: CADENCES });
  const ada = await signIn(app);
  const today = await midnight();
  const playedAt = later(today, -1);
  const play = { player: ada.id, score: 7, playedAt };
  expect(await submit(board, play)).toMatchObject({
    __typename: 'PeriodOverError',
    code: 'PERIOD_OVER',
    acceptedUntil: today.toISOString(),
    message: expect.stringContaining(`DAILY ${playedAt.toISOString().slice(0, 10)}`),
  });
  const grace = async (graceSeconds: number) => {
    const input = { game: board.game, slug: board.slug, graceSeconds };
    return (await send(app.url, ChangeGrace, { input }, admin)).data.updateLeaderboard;
  };
  expect(await grace(86_401)).toMatchObject({ path: 'input.graceSeconds', message: expect.stringContaining('86400') });
  expect(await grace(86_400)).toMatchObject({ graceSeconds: 86_400 });
  const first = await submit(board, play);
  expect(first).toMatchObject({ outcome: 'IMPROVED', playedAt: playedAt.toISOString() });
  expect(first).toMatchObject({
    standings: CADENCES.map((cadence) => ({ cadence, rank: 1, score: 7, reachedAt: playedAt.toISOString() })),
  });
  expect(await rowsOf(board, 'DAILY', playedAt.toISOString())).toEqual([[ada.id, 7]]);
  expect(await rowsOf(board, 'DAILY')).toEqual([]);
  expect(await rowsOf(board, 'ALL_TIME')).toEqual([[ada.id, 7]]);
  const dayBefore = later(today, -DAY_MS - 1);
  expect(await submit(board, { player: (await signIn(app)).id, score: 7, playedAt: dayBefore })).toMatchObject({
    code: 'PERIOD_OVER',
    acceptedUntil: today.toISOString(),
  });
});

test('the grace of a tournament that ends at midnight is enough by itself, and the day that is over stays as it is', async () => {
  const board = await createBoard(app, { slug: 'midnight-cup', cadences: ['DAILY', 'ALL_TIME'] });
  const [ada, bea] = [await signIn(app), await signIn(app)];
  const today = await midnight();
  const before = later(today, -1);
  const id = await newTournament(board, { graceSeconds: 604_800, maxAttempts: 1 });
  await app.core.database.rows(sql`
    update tournaments set ends_at = ${today.toISOString()}::timestamptz,
      starts_at = ${later(today, -DAY_MS).toISOString()}::timestamptz where id = ${rowId(id).id}::uuid`);
  const yesterday = () => pageOf(board, 'DAILY', before.toISOString());
  await submit(board, { player: bea.id, score: 3, playedAt: before }, admin);
  const closed = await yesterday();
  const play = { player: ada.id, score: 7, playedAt: before, idempotencyKey: 'last second' };
  const counted = {
    outcome: 'IMPROVED',
    attempts: [{ number: 1, tournament: { id } }],
    standings: [{ cadence: 'ALL_TIME', rank: 1, score: 7 }],
  };
  expect(await submit(board, play)).toMatchObject({ ...counted, replayed: false });
  expect(await submit(board, play)).toMatchObject({ ...counted, replayed: true });
  expect(await yesterday()).toEqual(closed);
  expect(await rowsOf(board, 'DAILY')).toEqual([]);
  const { data } = await send(app.url, TournamentStandings, { id });
  expect(data.tournament?.standings.edges).toMatchObject([
    { node: { player: { id: ada.id }, score: 7, reachedAt: before.toISOString() } },
    { node: { player: { id: bea.id }, score: 3 } },
  ]);
  const again = { player: ada.id, score: 9, playedAt: before };
  expect(await submit(board, { ...again, tournament: id })).toMatchObject({ code: 'ATTEMPT_LIMIT' });
  expect(await submit(board, again)).toMatchObject({ code: 'PERIOD_OVER', acceptedUntil: today.toISOString() });
  await app.core.database.rows(sql`update tournaments set grace_s = 0 where id = ${rowId(id).id}::uuid`);
  await settleTournament(app.core.database, rowId(id).id);
  expect(await frozenRows(app.core.database, rowId(id))).toMatchObject([{ orderKey: -7 }, { orderKey: -3 }]);
});

test('a play that only a tournament takes shows no standing, and a retry none either', async () => {
  const board = await createBoard(app, { slug: 'day-only', cadences: ['DAILY'] });
  const ada = await signIn(app);
  const today = await midnight();
  const id = await newTournament(board, { graceSeconds: 604_800 });
  await app.core.database.rows(sql`
    update tournaments set ends_at = ${today.toISOString()}::timestamptz,
      starts_at = ${later(today, -DAY_MS).toISOString()}::timestamptz where id = ${rowId(id).id}::uuid`);
  const play = { player: ada.id, score: 7, playedAt: later(today, -1), idempotencyKey: 'only', tournament: id };
  const counted = { outcome: 'UNCHANGED', attempts: [{ number: 1 }], standings: [] };
  expect(await submit(board, play)).toMatchObject({ ...counted, replayed: false });
  expect(await submit(board, play)).toMatchObject({ ...counted, replayed: true });
  expect(await rowsOf(board, 'DAILY', later(today, -1).toISOString())).toEqual([]);
});

test('a board says how long it waits from its creation on, and not at all if it does not say', async () => {
  const graceOf = async (slug: string, given: { graceSeconds?: number }) => {
    const { game } = await createBoard(app, { slug, ...given });
    return (await send(app.url, ChangeGrace, { input: { game, slug } }, admin)).data.updateLeaderboard;
  };
  expect(await graceOf('waits', { graceSeconds: 30 })).toMatchObject({ graceSeconds: 30 });
  expect(await graceOf('waits-not', {})).toMatchObject({ graceSeconds: 0 });
  await expect(createBoard(app, { slug: 'waits-less', graceSeconds: -1 })).rejects.toThrow('input.graceSeconds');
});

test('a past week that an admin imports in the order of play stands as it was played, and nothing of today changes', async () => {
  const board = await createBoard(app, { slug: 'import', cadences: CADENCES });
  const [ada, bea, cem] = [await signIn(app), await signIn(app), await signIn(app)];
  await playNow(board, cem, 3);
  const today = async () => Promise.all(CADENCES.slice(1).map((cadence) => pageOf(board, cadence)));
  const before = await today();
  const monday = new Date('2025-03-03T00:00:00Z');
  const at = (day: number, hour: number) => later(monday, day * DAY_MS + hour * 3_600_000);
  const week: [player: TestPlayer, score: number, playedAt: Date][] = [
    [bea, 50, at(0, 0)],
    [ada, 40, at(0, 9)],
    [ada, 50, at(2, 12)],
    [cem, 50, at(5, 1)],
    [bea, 60, at(6, 23)],
    [ada, 60, later(monday, 7 * DAY_MS - 1)],
  ];
  const input = week.map(([{ id: player }, score, playedAt]) => inputOf(board, { player, score, playedAt }));
  const { data } = await send(app.url, PlayedScores, { input }, admin);
  expect(data.submitScores.map((result) => 'playedAt' in result && result.playedAt)).toEqual(
    week.map(([, , playedAt]) => playedAt.toISOString()),
  );
  const periods = [
    ['WEEKLY', at(3, 0), [bea, 60, at(6, 23)], [ada, 60, later(monday, 7 * DAY_MS - 1)], [cem, 50, at(5, 1)]],
    ['MONTHLY', at(20, 0), [bea, 60, at(6, 23)], [ada, 60, later(monday, 7 * DAY_MS - 1)], [cem, 50, at(5, 1)]],
    ['DAILY', at(0, 23), [bea, 50, at(0, 0)], [ada, 40, at(0, 9)]],
    ['DAILY', at(2, 0), [ada, 50, at(2, 12)]],
  ] as const;
  for (const [cadence, moment, ...expected] of periods) {
    const page = await pageOf(board, cadence, moment.toISOString());
    expect(page?.edges.map(({ node }) => [node.player.id, node.score, node.reachedAt])).toEqual(
      expected.map(([{ id }, score, playedAt]) => [id, score, playedAt.toISOString()]),
    );
  }
  for (const outside of [later(monday, -1), at(7, 0)])
    expect(await rowsOf(board, 'WEEKLY', outside.toISOString())).toEqual([]);
  expect(await rowsOf(board, 'ALL_TIME')).toEqual([
    [bea.id, 60],
    [ada.id, 60],
    [cem.id, 50],
  ]);
  expect(await today()).toEqual(before);
});

test('ties of what is imported out of the order of play go by the order of acceptance', async () => {
  const board = await createBoard(app, { slug: 'out-of-order', cadences: ['WEEKLY'] });
  const [ada, bea] = [await signIn(app), await signIn(app)];
  const [monday, tuesday] = [new Date('2025-03-03T12:00:00Z'), new Date('2025-03-04T12:00:00Z')];
  await submit(board, { player: ada.id, score: 5, playedAt: tuesday }, admin);
  await submit(board, { player: bea.id, score: 5, playedAt: monday }, admin);
  expect(await rowsOf(board, 'WEEKLY', monday.toISOString())).toEqual([
    [ada.id, 5],
    [bea.id, 5],
  ]);
});

test('a play that ends in the future, before the player’s last on the board, or before 1970 is refused by name', async () => {
  const board = await createBoard(app, { slug: 'moments' });
  const [ada, bea] = [await signIn(app), await signIn(app)];
  const refused = (message: RegExp) => ({
    __typename: 'ValidationError',
    path: 'input.playedAt',
    message: expect.stringMatching(message),
  });
  for (const token of [server, admin]) {
    const future = { player: ada.id, score: 1, playedAt: secondsFromNow(60) };
    expect(await submit(board, future, token)).toMatchObject(refused(/in the future/));
    const ancient = { player: ada.id, score: 1, playedAt: new Date(-1) };
    expect(await submit(board, ancient, token)).toMatchObject(refused(/1970/));
  }
  const last = await playNow(board, ada, 1);
  const early = { score: 2, playedAt: later(last, -1) };
  expect(await submit(board, { player: ada.id, ...early })).toMatchObject(refused(/last play on this board/));
  expect(await submit(board, { player: bea.id, ...early })).toMatchObject({ outcome: 'IMPROVED' });
  expect(await submit(board, { player: ada.id, score: 2, playedAt: last })).toMatchObject({ outcome: 'IMPROVED' });
  expect(await submit(board, { player: ada.id, score: 3, playedAt: new Date(0) }, admin)).toMatchObject({
    outcome: 'IMPROVED',
    playedAt: '1970-01-01T00:00:00.000Z',
  });
  expect(await submit(board, { player: ada.id, ...early })).toMatchObject(refused(/last play on this board/));
});

test('a retry is told the stored answer, also when the board waits no longer, and another end of the play is a conflict', async () => {
  const board = await createBoard(app, { slug: 'retry', cadences: ['ALL_TIME', 'DAILY'], graceSeconds: 86_400 });
  const ada = await signIn(app);
  const playedAt = later(await midnight(), -1);
  const play = { player: ada.id, score: 5, idempotencyKey: 'late', playedAt };
  const first = await submit(board, play);
  expect(first).toMatchObject({ replayed: false, playedAt: playedAt.toISOString() });
  await send(app.url, ChangeGrace, { input: { game: board.game, slug: board.slug, graceSeconds: 0 } }, admin);
  expect(await submit(board, play)).toEqual({ ...first, replayed: true });
  expect(await submit(board, play, admin)).toEqual({ ...first, replayed: true });
  expect(await submit(board, { ...play, playedAt: later(playedAt, -1) })).toMatchObject({
    code: 'IDEMPOTENCY_CONFLICT',
  });
  const { playedAt: _playedAt, ...silent } = play;
  expect(await submit(board, silent)).toMatchObject({ code: 'IDEMPOTENCY_CONFLICT' });
});

test('copies in Redis, where there are any, agree with late and imported scores', async () => {
  const board = await createBoard(app, { slug: 'copied', cadences: CADENCES, graceSeconds: 86_400 });
  const players = await Promise.all([1, 2, 3].map(() => signIn(app)));
  const today = await midnight();
  const moments = [later(today, -1), new Date('2025-03-03T12:00:00Z'), today];
  const old = moments[1]?.toISOString();
  for (const [round, playedAt] of moments.entries()) {
    const input = players.map(({ id: player }, index) => inputOf(board, { player, score: round + index, playedAt }));
    await send(app.url, PlayedScores, { input }, admin);
    expect((await rowsOf(board, 'ALL_TIME')).map(([, score]) => score)).toEqual([2, 1, 0].map((n) => n + round));
    expect(await rowsOf(board, 'DAILY', playedAt.toISOString())).toHaveLength(3);
  }
  const expected = { totalCount: 3, edges: [{ node: { score: 3 } }, { node: { score: 2 } }, { node: { score: 1 } }] };
  for (const cadence of CADENCES.slice(1)) expect(await pageOf(board, cadence, old)).toMatchObject(expected);
  const drift = async () => {
    const { data } = await send(app.url, DriftReport, { game: board.game, slug: board.slug }, admin);
    return data.driftReport?.filter(({ state, differences }) => state !== 'COMPARED' || differences.length > 0);
  };
  await expect.poll(drift, { timeout: 5_000 }).toEqual([]);
});
