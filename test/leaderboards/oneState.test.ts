import { afterAll, beforeAll, expect, test } from 'vitest';
import { BoardApart, BoardTogether, EventAndBoard, SubmitAndRead } from '../setup/oneStateDocuments.ts';
import { send, startTestApp, type TestApp } from '../setup/app.ts';
import { createBoard, signIn, SubmitScores, type TestPlayer } from '../setup/documents.ts';
import { listen, nextAfter } from '../setup/live.ts';

const BOARD = { game: 'g', slug: 'moving' };
const ANSWERS = 500;
const READERS = 4;
const DEADLINE = { timeout: 120_000 };

let app: TestApp;
let server: string;
let players: TestPlayer[];
let ada: TestPlayer;
beforeAll(async () => {
  app = await startTestApp();
  server = await app.tokenFor('game-server', 'server');
  await createBoard(app, { slug: BOARD.slug, operator: 'LATEST' });
  players = await Promise.all(Array.from({ length: 12 }, (_, index) => signIn(app, `Player ${index}`)));
  ada = players[0] as TestPlayer;
  await submit(players);
});
afterAll(() => app.stop());

let submitted = 0;
/** New scores for some players, at random, so that their order changes. */
async function submit(some: TestPlayer[]): Promise<void> {
  submitted += 1;
  const input = some.map(({ id }) => ({
    player: id,
    game: BOARD.game,
    leaderboard: BOARD.slug,
    score: Math.floor(Math.random() * 1_000),
    idempotencyKey: `${submitted}`,
  }));
  const { data } = await send(app.url, SubmitScores, { input }, server);
  expect(data.submitScores.map(({ __typename }) => __typename)).not.toContain('ValidationError');
}

type Seen = { state: string; revision: number };

/** So many answers while scores move all the time, and how many states of the board they were of. */
async function readWhileMoving(answers: number, read: () => Promise<Seen[]>): Promise<number> {
  const revisions = new Set<number>();
  let left = answers;
  const moving = (async () => {
    while (left > 0) await submit(players.filter(({ id }) => id === ada.id || Math.random() < 0.3));
  })();
  const reading = Array.from({ length: READERS }, async () => {
    while (left > 0) {
      left -= 1;
      const [first, ...others] = await read();
      for (const other of others) expect(other).toEqual(first);
      revisions.add(first?.revision ?? 0);
    }
  });
  await Promise.all(reading).finally(() => (left = 0));
  await moving;
  return revisions.size;
}

type Rows = { edges: { node: Row }[]; revision: number };
type Row = { rank: number; score: number; player: { id: string } };

const stateOf = (row: Row | null | undefined) => `${row?.player.id} ${row?.rank} ${row?.score}`;
const rowOf = ({ edges }: Rows) => edges.find(({ node }) => node.player.id === ada.id)?.node;

test('500 answers that read a board in several fields show one state each, however scores move', DEADLINE, async () => {
  const states = await readWhileMoving(ANSWERS, async () => {
    const { data } = await send(app.url, BoardTogether, { ...BOARD, player: ada.id });
    const { standing, top, bottom, around } = data.leaderboard ?? {};
    if (!top || !bottom || !around) throw new Error('the board is gone');
    const { revision } = top;
    const rows = [...bottom.edges.map(({ node }) => node), ...around.edges.map(({ node }) => node)];
    const whole = new Map(top.edges.map(({ node }) => [node.player.id, stateOf(node)]));
    for (const row of rows) expect(stateOf(row)).toBe(whole.get(row.player.id));
    return [
      { state: stateOf(standing), revision },
      { state: stateOf(rowOf(top)), revision },
      { state: stateOf(rowOf(top)), revision: bottom.revision },
      { state: stateOf(rowOf(around)), revision: around.revision },
    ];
  });
  expect(states).toBeGreaterThan(10);
});

test('500 answers that come to a board by different ways show one state each', DEADLINE, async () => {
  const states = await readWhileMoving(ANSWERS, async () => {
    const { data } = await send(app.url, BoardApart, { ...BOARD, player: ada.id });
    const { one, other, player, game } = data;
    const page = other?.standings;
    const deep = game[0]?.leaderboards[0]?.standings;
    if (!page || !deep) throw new Error('the board is gone');
    const { revision } = page;
    return [
      { state: stateOf(one?.standing), revision },
      { state: stateOf(rowOf(page)), revision },
      { state: stateOf(player?.standings[0]), revision },
      { state: stateOf(rowOf(deep)), revision: deep.revision },
    ];
  });
  expect(states).toBeGreaterThan(10);
});

test('what a mutation answers of a board is of one state', DEADLINE, async () => {
  let asked = 0;
  const states = await readWhileMoving(100, async () => {
    asked += 1;
    const input = { game: BOARD.game, leaderboard: BOARD.slug, score: 5_000, idempotencyKey: `read ${asked}` };
    const { data } = await send(app.url, SubmitAndRead, { input, player: ada.id }, ada.token);
    if (data.submitScore.__typename !== 'Submission') throw new Error('not submitted');
    const [{ leaderboard } = { leaderboard: null }] = data.submitScore.standings;
    const page = leaderboard?.standings;
    if (!page) throw new Error('the board is gone');
    return [
      { state: stateOf(leaderboard.standing), revision: page.revision },
      { state: stateOf(rowOf(page)), revision: page.revision },
    ];
  });
  expect(states).toBeGreaterThan(10);
});

test('what an event shows of a board is of one state, below its leaderboard too', DEADLINE, async () => {
  const listening = listen(app.url, EventAndBoard, BOARD);
  const events = 40;
  let asked = 0;
  const states = await readWhileMoving(events + READERS, async () => {
    asked += 1;
    // Scores move no more once the last has asked.
    const { leaderboardChanged: event } = await nextAfter(listening, Math.min(asked, events) - 1);
    const page = event.leaderboard.standings;
    return [
      { state: event.standings.map(stateOf).join(), revision: event.revision },
      { state: page.edges.map(({ node }) => stateOf(node)).join(), revision: page.revision },
    ];
  }).finally(listening.leave);
  expect(states).toBeGreaterThan(10);
});
