import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ScoreOperator } from '../../src/domain/leaderboards/standingOrder.ts';
import { startTestApp, send, type TestApp } from '../setup/app.ts';
import { Board, createBoard, signIn, SubmitScores, type TestPlayer } from '../setup/documents.ts';

let app: TestApp;
let server: string;
let players: TestPlayer[];
beforeAll(async () => {
  app = await startTestApp();
  server = await app.tokenFor('game-server', 'server');
  players = await Promise.all(Array.from({ length: 150 }, (_, index) => signIn(app, `Player ${index}`)));
});
afterAll(() => app.stop());

type Page = NonNullable<Awaited<ReturnType<typeof readPage>>>;

async function readPage(board: { game: string; slug: string }, variables: object) {
  const { data } = await send(app.url, Board, { ...board, ...variables });
  return data.leaderboard?.standings;
}

/** All pages one after another, and what the board was before and after. Submissions go on all the while. */
async function readAllWhileMoving(operator: ScoreOperator, direction: 'backwards' | 'forwards') {
  const board = await createBoard(app, { slug: `${operator}-${direction}`.toLowerCase(), operator });
  let round = 0;
  const submitSome = async (some: TestPlayer[]) => {
    round += 1;
    const input = some.map((player) => ({
      player: player.id,
      game: board.game,
      leaderboard: board.slug,
      score: Math.floor(Math.random() * 2_000) - (operator === 'BEST' ? 0 : 1_000),
      idempotencyKey: `${board.slug} ${round}`,
    }));
    const { data } = await send(app.url, SubmitScores, { input }, server);
    expect(data.submitScores.map((result) => result.__typename)).not.toContain('ValidationError');
  };
  await submitSome(players.slice(0, 100));
  await submitSome(players.slice(100, 140));
  const before = await scoresOf(board);

  const seen: string[] = [];
  const moving = { now: true };
  const movement = (async () => {
    // Not for ever: however slow the reading is, some players must be left who did not move.
    for (let moves = 0; moving.now && moves < 20; moves += 1) {
      await submitSome(players.filter(() => Math.random() < 0.08));
    }
  })();
  let page: Page | undefined;
  do {
    const next = await readPage(
      board,
      direction === 'forwards'
        ? { first: 9, ...(page ? { after: page.pageInfo.endCursor } : {}) }
        : { last: 9, ...(page ? { before: page.pageInfo.startCursor } : {}) },
    );
    if (!next) throw new Error('the board is gone');
    const ids = next.edges.map(({ node }) => node.player.id);
    seen.push(...(direction === 'forwards' ? ids : ids.toReversed()));
    page = next;
  } while (direction === 'forwards' ? page.pageInfo.hasNextPage : page.pageInfo.hasPreviousPage);
  moving.now = false;
  await movement;
  return { seen, before, after: await scoresOf(board) };
}

async function scoresOf(board: { game: string; slug: string }): Promise<Map<string, string>> {
  const scores = new Map<string, string>();
  for (let fromRank = 1; ; fromRank += 100) {
    const page = await readPage(board, { first: 100, fromRank });
    for (const { node } of page?.edges ?? []) scores.set(node.player.id, `${node.score} ${node.reachedAt}`);
    if (!page?.pageInfo.hasNextPage) return scores;
  }
}

for (const operator of ['BEST', 'LATEST', 'SUM'] as const) {
  for (const direction of ['forwards', 'backwards'] as const) {
    test(`pages of a ${operator} board read ${direction} show no player twice and miss none that did not change`, async () => {
      const { seen, before, after } = await readAllWhileMoving(operator, direction);
      expect(new Set(seen).size).toBe(seen.length);
      const unchanged = [...before].filter(([player, score]) => after.get(player) === score).map(([player]) => player);
      expect(unchanged.length).toBeGreaterThan(10);
      expect(unchanged.filter((player) => !seen.includes(player))).toEqual([]);
    });
  }
}

test('pages of a board at rest, put together in either direction, are the board', async () => {
  const board = { game: 'g', slug: 'best-forwards' };
  const whole: string[] = [];
  for (let fromRank = 1; ; fromRank += 100) {
    const page = await readPage(board, { first: 100, fromRank });
    whole.push(...(page?.edges.map(({ node }) => `${node.ordinal} ${node.player.id}`) ?? []));
    if (!page?.pageInfo.hasNextPage) break;
  }
  const down: string[] = [];
  for (let page: Page | undefined; !page || page.pageInfo.hasNextPage;) {
    page = await readPage(board, { first: 7, after: page?.pageInfo.endCursor ?? null });
    down.push(...(page?.edges.map(({ node }) => `${node.ordinal} ${node.player.id}`) ?? []));
  }
  const up: string[] = [];
  for (let page: Page | undefined; !page || page.pageInfo.hasPreviousPage;) {
    page = await readPage(board, { last: 7, before: page?.pageInfo.startCursor ?? null });
    up.unshift(...(page?.edges.map(({ node }) => `${node.ordinal} ${node.player.id}`) ?? []));
  }
  expect(down).toEqual(whole);
  expect(up).toEqual(whole);
});
