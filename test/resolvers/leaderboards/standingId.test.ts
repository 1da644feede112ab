import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { settleTournament } from '../../../src/db/tournaments/settleTournament.ts';
import { send, startTestApp, type TestApp } from '../../setup/app.ts';
import { createBoard, signIn, type TestPlayer } from '../../setup/documents.ts';
import { listen, nextAfter, submitTo } from '../../setup/live.ts';
import { OwnStandingIdHeard, StandingIdHeard, StandingIds } from '../../setup/standingDocuments.ts';
import { enterWithScores, makeTournament, passEnd } from '../../setup/tournaments.ts';

const idIn = (globalId: string) => atob(globalId).split(':')[1] ?? '';

let app: TestApp;
let ada: TestPlayer;
let bea: TestPlayer;
let tournament: Awaited<ReturnType<typeof makeTournament>>;
const slug = 'rows';
beforeAll(async () => {
  app = await startTestApp({ env: { ROLES: 'api' } });
  [ada, bea] = await Promise.all([signIn(app, 'Ada'), signIn(app, 'Bea')]);
  const { id } = await createBoard(app, { slug, cadences: ['ALL_TIME', 'DAILY'] });
  const { database } = app.core;
  const [row] = await database.rows<{ gameId: string }>(
    sql`select game_id as "gameId" from leaderboards where id = ${idIn(id)}::uuid`,
  );
  tournament = await makeTournament(database, { id: idIn(id), gameId: row?.gameId ?? '' });
  const plays = [ada, bea].map((player, index) => ({ playerId: idIn(player.id), score: 20 - index }));
  await enterWithScores(database, tournament, plays);
  await submitTo(app.url, slug, ada, 10);
  await submitTo(app.url, slug, bea, 5);
});
afterAll(() => app.stop());

type Rows = { edges: { node: { id: string } }[] };
const idsOf = (rows: Rows | undefined) => (rows?.edges ?? []).map(({ node }) => node.id);

async function read(player: TestPlayer) {
  const variables = { slug, player: player.id, tournament: btoa(`Tournament:${tournament.id}`) };
  const { data } = await send(app.url, StandingIds, variables);
  return {
    allTime: idsOf(data.leaderboard?.allTime),
    daily: idsOf(data.leaderboard?.daily),
    one: data.leaderboard?.standing?.id,
    own: (data.player?.standings ?? []).map(({ id }) => id),
    contest: idsOf(data.tournament?.standings),
    preview: (data.tournament?.previewPrizes.edges ?? []).map(({ node }) => node.standing.id),
  };
}

test('a row has one id wherever it is read, and no two rows have the same', async () => {
  const { allTime, daily, one, own, contest, preview } = await read(ada);
  expect(one).toBe(allTime[0]);
  expect(new Set(own)).toEqual(new Set([allTime[0], daily[0]]));
  expect(preview).toEqual(contest);
  const all = [...allTime, ...daily, ...contest];
  expect(all).toHaveLength(6);
  expect(new Set(all).size).toBe(6);
});

test('a row is heard under the id that it is read under', async () => {
  const board = listen(app.url, StandingIdHeard, { slug });
  const own = listen(app.url, OwnStandingIdHeard, { slug }, bea.token);
  const { allTime } = await read(ada);
  expect((await nextAfter(board, 0)).leaderboardChanged.standings.map(({ id }) => id)).toEqual(allTime);
  expect((await nextAfter(own, 0)).standingChanged).toEqual({ id: allTime[1] });
  board.leave();
  own.leave();
});

test('a row keeps its id while its rank changes, and when its tournament is settled', async () => {
  const before = await read(bea);
  await submitTo(app.url, slug, bea, 50);
  await passEnd(app.core.database, tournament);
  await settleTournament(app.core.database, tournament.id);
  const after = await read(bea);
  expect(after.allTime).toEqual(before.allTime.toReversed());
  expect(after.one).toBe(before.one);
  // The board’s submissions count in the tournament too.
  expect(after.contest).toEqual(before.contest.toReversed());
});
