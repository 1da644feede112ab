import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { CreateLeaderboardInput } from '../generated/graphql.ts';
import { graphql } from '../generated/gql.ts';
import { flatEvent, nestedEvent } from '../domain/events/sampleEvents.ts';
import { send, startTestApp, type TestApp } from '../setup/app.ts';
import { uuidOf } from '../setup/accountDocuments.ts';
import { Board, createBoard, signIn } from '../setup/documents.ts';
import { receiptsOf, verdictsOf } from '../setup/eventDocuments.ts';
import { makeTournament, requireVerified, secondsFromNow } from '../setup/tournaments.ts';

const ScoreRules = graphql(`
  query ScoreRules($game: String!, $slug: String!) {
    leaderboard(game: $game, slug: $slug) {
      scoreRules {
        eventType
        filter
        value
      }
    }
  }
`);

const ChangeRules = graphql(`
  mutation ChangeRules($input: UpdateLeaderboardInput!) {
    updateLeaderboard(input: $input) {
      __typename
      ... on Error {
        message
      }
    }
  }
`);

const ENDLESS = { eventType: 'game_ended', filter: { game_mode: 'endless' }, value: 'score' };
const WAIT = { timeout: 10_000, interval: 20 };

let app: TestApp;
let boards = 0;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(async () => {
  await requireVerified(app.core.database);
  await app.stop();
});

type NewBoard = Partial<Omit<CreateLeaderboardInput, 'game' | 'name'>>;
const newBoard = (board: NewBoard) => createBoard(app, { slug: `board-${(boards += 1)}`, ...board });

async function scoresOn(board: { game: string; slug: string }, cadence: 'ALL_TIME' | 'DAILY' = 'ALL_TIME') {
  const { data } = await send(app.url, Board, { ...board, cadence });
  return data.leaderboard?.standings.edges.map(({ node }) => [node.player.id, node.score]);
}

/** How far every projection has come is how far the log goes. */
async function settled(target = app): Promise<void> {
  await vi.waitFor(async () => {
    const [row] = await target.core.database.rows<{ behind: number }>(sql`
      select count(*)::int as behind from event_positions p, event_head h where p.position < h.position`);
    expect(row?.behind).toBe(0);
  }, WAIT);
}

test('a board counts the events that its rules name, once each, and no others', async () => {
  const board = await newBoard({ scoreRules: [ENDLESS] });
  const { id, token } = await signIn(app);
  const events = [
    flatEvent('game_ended', { score: 42 }),
    flatEvent('game_ended', { score: 90, game_mode: 'story' }),
    flatEvent('level_completed', { score: 99 }),
    flatEvent('game_ended', { score: 41 }),
  ].map((event, index) => ({ ...event, timestamp: new Date(Date.now() - 9_000 + index).toISOString() }));
  await Promise.all([verdictsOf(app.url, events, token), verdictsOf(app.url, events, token)]);
  await settled();
  expect(await scoresOn(board)).toEqual([[id, 42]]);
  const [row] = await app.core.database.rows(sql`
    select count(*)::int as count from submissions where leaderboard_id = ${uuidOf(board)}::uuid`);
  expect(row).toEqual({ count: 2 });
});

test('one event counts on every board of its game whose rules it meets, by each board’s operator', async () => {
  const types = ['player_score', 'quest_completed', 'achievement_unlocked', 'boss_defeated'];
  const scoreRules = types.map((eventType) => ({ eventType, value: 'score' }));
  const sum = await newBoard({ scoreRules, operator: 'SUM', cadences: ['ALL_TIME', 'DAILY', 'WEEKLY'] });
  const best = await newBoard({ scoreRules });
  const { id } = await signIn(app);
  const server = await app.tokenFor('arena', 'server');
  const events = types.map((type, index) =>
    nestedEvent(type, id, { data: { score: 10 ** index }, timestamp: new Date().toISOString() }),
  );
  await receiptsOf(app.url, events, server);
  await receiptsOf(app.url, [nestedEvent('quest_completed', id, { data: {} })], server);
  await settled();
  expect(await scoresOn(sum)).toEqual([[id, 1_111]]);
  expect(await scoresOn(sum, 'DAILY')).toEqual([[id, 1_111]]);
  expect(await scoresOn(best)).toEqual([[id, 1_000]]);
});

test('what came more than a day late counts where there are no periods; a clock that is ahead is set back', async () => {
  const timeless = await newBoard({ scoreRules: [ENDLESS], operator: 'SUM' });
  const daily = await newBoard({ scoreRules: [ENDLESS], operator: 'SUM', cadences: ['ALL_TIME', 'DAILY'] });
  const { id, token } = await signIn(app);
  const timestamps = [secondsFromNow(-3 * 86_400), secondsFromNow(86_400 * 400), secondsFromNow(-1)];
  const events = timestamps.map((timestamp, index) =>
    flatEvent('game_ended', { timestamp: timestamp.toISOString(), score: 10 ** index }),
  );
  await receiptsOf(app.url, events, token);
  await settled();
  expect(await scoresOn(timeless)).toEqual([[id, 111]]);
  expect(await scoresOn(daily)).toEqual([[id, 110]]);
});

test('attempts in tournaments are the plays that ended while they were open, late ones within the grace, once each', async () => {
  const board = await newBoard({ scoreRules: [ENDLESS], operator: 'SUM' });
  const { database } = app.core;
  const [row] = await database.rows<{ gameId: string }>(
    sql`select game_id as "gameId" from leaderboards where id = ${uuidOf(board)}::uuid`,
  );
  const of = { gameId: row?.gameId ?? '', id: uuidOf(board) };
  const window = { joinRequired: false, startsAt: secondsFromNow(-100), endsAt: secondsFromNow(-10) };
  const within = await makeTournament(database, of, { ...window, graceS: 600 });
  const over = await makeTournament(database, of, { ...window, graceS: 1 });
  const { token, id } = await signIn(app);
  const events = [-150, -60, -50, -5].map((seconds, index) =>
    flatEvent('game_ended', { timestamp: secondsFromNow(seconds).toISOString(), score: 10 ** index }),
  );
  await Promise.all([1, 2].map(() => receiptsOf(app.url, events, token)));
  await settled();
  const entries = await database.rows(sql`
    select tournament_id as id, player_id as player, attempts, -order_key as score from tournament_entries
    where tournament_id in (${within.id}::uuid, ${over.id}::uuid)`);
  expect(entries).toEqual([{ id: within.id, player: uuidOf({ id }), attempts: 2, score: 110 }]);
  expect(await scoresOn(board)).toEqual([[id, 1_111]]);
});

test('a board’s score is out of its limits as it would be from anybody, and the events beside it count', async () => {
  const board = await newBoard({ scoreRules: [ENDLESS], maxScore: 50 });
  const { id, token } = await signIn(app);
  await receiptsOf(
    app.url,
    [60, 40].map((score) => flatEvent('game_ended', { score })),
    token,
  );
  await settled();
  expect(await scoresOn(board)).toEqual([[id, 40]]);
  expect(await app.core.database.rows(sql`select 1 from event_failures`)).toEqual([]);
});

test('rules are told, kept under present names, changed for what comes then, and refused with a reason', async () => {
  const board = await newBoard({ scoreRules: [{ eventType: 'game_over', value: 'score' }] });
  const where = { game: board.game, slug: board.slug };
  const rulesOf = async () => (await send(app.url, ScoreRules, where)).data.leaderboard?.scoreRules;
  expect(await rulesOf()).toEqual([{ eventType: 'game_ended', filter: null, value: 'score' }]);
  const admin = await app.tokenFor('admin', 'admin');
  await send(app.url, ChangeRules, { input: { ...where, scoreRules: [] } }, admin);
  expect(await rulesOf()).toEqual([]);
  const { token } = await signIn(app);
  await receiptsOf(app.url, [flatEvent('game_ended')], token);
  await settled();
  expect(await scoresOn(board)).toEqual([]);
  const refused = async (rule: object) => {
    const scoreRules = [{ ...ENDLESS, ...rule }];
    const { data } = await send(app.url, ChangeRules, { input: { ...where, scoreRules } }, admin);
    return 'message' in data.updateLeaderboard ? data.updateLeaderboard.message : null;
  };
  expect(await refused({ eventType: 'game_ender' })).toBe(
    'input.scoreRules.0.eventType: names no type of event; did you mean "game_ended"?',
  );
  expect(await refused({ filter: [1] })).toMatch(/^input\.scoreRules\.0\.filter: must be an object/);
  expect(await refused({ value: '' })).toMatch(/^input\.scoreRules\.0\.value: must name a field/);
});

test('the demo counts the mobile game’s runs and the four scoring types from the start', async () => {
  const demo = await startTestApp({ env: { DEMO: 'true' } });
  const { id, token } = await signIn(demo);
  const server = await demo.tokenFor('arena', 'server');
  const timestamp = new Date().toISOString();
  await receiptsOf(demo.url, [flatEvent('game_ended', { score: 9_999, timestamp })], token);
  await receiptsOf(demo.url, [nestedEvent('boss_defeated', id, { data: { score: 77_777 }, timestamp })], server);
  await settled(demo);
  const firstOf = async (slug: string) => {
    const { data } = await send(demo.url, Board, { game: 'skyline', slug, first: 1 });
    const [first] = data.leaderboard?.standings.edges ?? [];
    return [first?.node.player.id, first?.node.score];
  };
  expect(await firstOf('high-scores')).toEqual([id, 9_999]);
  expect(await firstOf('points')).toEqual([id, 77_777]);
  await demo.stop();
});
