import { createHash } from 'node:crypto';
import { parse, print } from 'graphql';
import type { ConcreteRequest } from 'relay-runtime';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import boardsLiveRequest from '../generated/relay/boardsLiveSubscription.graphql.ts';
import boardsMovesRequest from '../generated/relay/boardsMovesSubscription.graphql.ts';
import boardsRowRequest from '../generated/relay/boardsRowQuery.graphql.ts';
import boardsTopRequest from '../generated/relay/boardsTopQuery.graphql.ts';
import { send, startTestApp, type TestApp } from '../setup/app.ts';
import { createBoard, signIn, SubmitScores, type TestPlayer } from '../setup/documents.ts';
import { submitTo } from '../setup/live.ts';
import { createApollo, liveWithApollo, showWithApollo } from './apollo.ts';
import { boardsLiveSubscription, boardsMovesSubscription, boardsRowQuery, boardsTopQuery } from './boards.ts';
import type { Live, Shown, TopOfBoard } from './live.ts';
import { createRelay, liveWithRelay, showWithRelay } from './relay.ts';
import { createUrql, liveWithUrql, showWithUrql } from './urql.ts';

let app: TestApp;
let players: TestPlayer[];
beforeAll(async () => {
  app = await startTestApp();
  players = await Promise.all(['Ada', 'Bea', 'Cem', 'Dov'].map((name) => signIn(app, name)));
});
afterAll(() => app.stop());

type Page = {
  show(document: string, variables: Record<string, unknown>): Shown;
  live(variables: TopOfBoard): Live;
};

const STORES: Record<string, (url: string, fetchFn: typeof fetch) => Page> = {
  'Apollo Client': (url, fetchFn) => {
    const client = createApollo(url, fetchFn);
    return {
      show: (document, variables) => showWithApollo(client, document, variables),
      live: (variables) => liveWithApollo(client, boardsLiveSubscription, variables),
    };
  },
  urql: (url, fetchFn) => {
    const client = createUrql(url, fetchFn);
    return {
      show: (document, variables) => showWithUrql(client, document, variables),
      live: (variables) => liveWithUrql(client, boardsLiveSubscription, variables),
    };
  },
  Relay: (url, fetchFn) => {
    const environment = createRelay(url, fetchFn);
    return {
      show: (document, variables) => showWithRelay(environment, document, variables),
      live: (variables) => liveWithRelay(environment, boardsLiveSubscription, variables),
    };
  },
};

/** A page with a store of its own, and how often it has asked the server. */
function openPage(open: (typeof STORES)[string]) {
  let asked = 0;
  const page = open(app.url, (...request) => {
    asked += 1;
    return fetch(...request);
  });
  const leaving: (() => void)[] = [];
  onTestFinished(() => leaving.forEach((leave) => leave()));
  const kept = <One extends { leave(): void }>(one: One): One => {
    leaving.push(one.leave);
    return one;
  };
  return {
    show: (document: string, variables: Record<string, unknown>) => kept(page.show(document, variables)),
    live: (variables: TopOfBoard) => kept(page.live(variables)),
    asked: () => asked,
  };
}

type Row = { id: string; rank: number; score: number; player: { nickname: string } };
type Top = { leaderboard: { standings: { totalCount: number; edges: { node: Row }[] } } | null } | null | undefined;

const rowsOf = (shown: Shown) =>
  (shown.data() as Top)?.leaderboard?.standings.edges.map(
    ({ node: { rank, score, player } }) => `${rank} ${player.nickname} ${score}`,
  );
const rowOf = (shown: Shown) => {
  const row = (shown.data() as { leaderboard: { standing: Row | null } } | undefined)?.leaderboard.standing;
  return row && `${row.rank} ${row.score}`;
};
const submit = (slug: string, player: number, score: number) =>
  submitTo(app.url, slug, players[player] as TestPlayer, score);

let boards = 0;
async function createScores(more: Parameters<typeof createBoard>[1] = {}) {
  boards += 1;
  const { game, slug } = await createBoard(app, { slug: `stores-${boards}`, ...more });
  return { game, slug, cadence: 'ALL_TIME' as const, first: 3 };
}

test.for(Object.entries(STORES))('in %s, the live document updates what the page shows by itself', async ([, open]) => {
  const top = await createScores();
  const { slug } = top;
  for (const [player, score] of [30, 20, 10].entries()) await submit(slug, player, score);
  const page = openPage(open);
  const board = page.show(boardsTopQuery, top);
  const { first: _, ...place } = top;
  const row = page.show(boardsRowQuery, { ...place, player: players[1]?.id });
  await expect.poll(() => rowsOf(board)).toEqual(['1 Ada 30', '2 Bea 20', '3 Cem 10']);
  await expect.poll(() => rowOf(row)).toBe('2 20');
  const live = page.live(top);
  await expect.poll(() => live.heard.length).toBe(1);
  const asked = page.asked();

  await submit(slug, 1, 40);
  await expect.poll(() => rowsOf(board)).toEqual(['1 Bea 40', '2 Ada 30', '3 Cem 10']);
  expect(rowOf(row)).toBe('1 40');

  await submit(slug, 3, 35);
  await expect.poll(() => rowsOf(board)).toEqual(['1 Bea 40', '2 Dov 35', '3 Ada 30']);
  expect((board.data() as Top)?.leaderboard?.standings.totalCount).toBe(4);
  expect(live.ended()).toBeNull();
  expect(page.asked()).toBe(asked);
});

test.for(Object.entries(STORES))('in %s, each cadence of a board is a list of its own', async ([, open]) => {
  const top = await createScores({ cadences: ['ALL_TIME', 'WEEKLY'] });
  const { game, slug } = top;
  const longAgo = { game, leaderboard: slug, score: 90, idempotencyKey: slug, playedAt: '2020-01-01T12:00:00.000Z' };
  const input = [{ ...longAgo, player: players[0]?.id ?? '' }];
  const { data } = await send(app.url, SubmitScores, { input }, await app.tokenFor('importer', 'admin'));
  expect(data.submitScores).toMatchObject([{ __typename: 'Submission' }]);
  await submit(slug, 1, 20);
  const page = openPage(open);
  const allTime = page.show(boardsTopQuery, top);
  await expect.poll(() => rowsOf(allTime)).toEqual(['1 Ada 90', '2 Bea 20']);
  const weekly = page.show(boardsTopQuery, { ...top, cadence: 'WEEKLY' });
  await expect.poll(() => rowsOf(weekly)).toEqual(['1 Bea 20']);
  expect(rowsOf(allTime)).toEqual(['1 Ada 90', '2 Bea 20']);
  const live = page.live(top);
  await expect.poll(() => live.heard.length).toBe(1);
  await submit(slug, 2, 30);
  await expect.poll(() => rowsOf(allTime)).toEqual(['1 Ada 90', '2 Cem 30', '3 Bea 20']);
  expect(rowsOf(weekly)).toEqual(['1 Bea 20']);
});

test('what Relay’s compiler has made is of the documents as they are', () => {
  const made = [boardsTopRequest, boardsRowRequest, boardsLiveRequest, boardsMovesRequest] as (ConcreteRequest & {
    hash?: string;
  })[];
  const documents = [boardsTopQuery, boardsRowQuery, boardsLiveSubscription, boardsMovesSubscription];
  const hashes = documents.map((document) =>
    createHash('md5')
      .update(print(parse(document)))
      .digest('hex'),
  );
  expect(made.map(({ hash }) => hash)).toEqual(hashes);
});
