import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { send, startTestApp, type TestApp } from '../../setup/app.ts';
import { Board, createBoard, signIn, type TestPlayer } from '../../setup/documents.ts';
import { openStream } from '../../setup/eventStream.ts';
import { type Change, expectNoStreams, expectToFollow, listen, nextAfter, submitTo } from '../../setup/live.ts';
import { LeaderboardChanged } from '../../setup/liveDocuments.ts';

let app: TestApp;
let ada: TestPlayer;
let bea: TestPlayer;
let cem: TestPlayer;
beforeAll(async () => {
  app = await startTestApp();
  await createBoard(app, { slug: 'refused' });
  [ada, bea, cem] = await Promise.all([signIn(app, 'Ada'), signIn(app, 'Bea'), signIn(app, 'Cem')]);
});
const leaving: (() => void)[] = [];
afterEach(async () => {
  for (const leave of leaving.splice(0)) leave();
  await expectNoStreams(app.url);
});
afterAll(() => app.stop());

function listenTo(slug: string, more: { top?: number; cadence?: 'ALL_TIME' | 'DAILY' } = {}) {
  const listening = listen(app.url, LeaderboardChanged, { game: 'g', slug, ...more });
  leaving.push(listening.leave);
  return listening;
}

const submit = (slug: string, player: TestPlayer, score: number) => submitTo(app.url, slug, player, score);
const scoresOf = ({ standings }: Change) => standings.map(({ player, score }) => `${player.nickname} ${score}`);
const movesOf = ({ moves }: Change) => moves.map(({ kind, toRank }) => `${kind} ${toRank}`);

test('the first event is a snapshot of the board', async () => {
  const { slug } = await createBoard(app, { slug: 'first' });
  await submit(slug, ada, 5);
  await submit(slug, bea, 7);
  const { leaderboardChanged: change } = await nextAfter(listenTo(slug), 0);
  expect(change).toMatchObject({ snapshot: true, moves: [], totalCount: 2, cadence: 'ALL_TIME' });
  expect(scoresOf(change)).toEqual(['Bea 7', 'Ada 5']);
  const { data } = await send(app.url, Board, { game: 'g', slug });
  expect(change.revision).toBe(data.leaderboard?.standings.revision);
});

test('a board without scores starts with an empty snapshot', async () => {
  const { slug } = await createBoard(app, { slug: 'empty', cadences: ['DAILY'] });
  const listening = listenTo(slug, { cadence: 'DAILY' });
  const { leaderboardChanged: empty } = await nextAfter(listening, 0);
  expect(empty).toMatchObject({ snapshot: true, standings: [], totalCount: 0, cadence: 'DAILY' });
  await submit(slug, ada, 5);
  const { leaderboardChanged: change } = await nextAfter(listening, 1);
  expect(movesOf(change)).toEqual(['ENTERED 1']);
  expect(change.revision).toBeGreaterThan(empty.revision);
});

test('moves lead from each event to the next', async () => {
  const { slug } = await createBoard(app, { slug: 'moves', operator: 'LATEST' });
  const listening = listenTo(slug, { top: 2 });
  const steps: [player: TestPlayer, score: number, moves: string[]][] = [
    [ada, 10, ['ENTERED 1']],
    [bea, 5, ['ENTERED 2']],
    [bea, 20, ['UP 1', 'DOWN 2']],
    [bea, 30, ['SCORED 1']],
    [cem, 40, ['ENTERED 1', 'DOWN 2', 'LEFT null']],
    [cem, 1, ['UP 1', 'ENTERED 2', 'LEFT null']],
  ];
  await nextAfter(listening, 0);
  for (const [index, [player, score, moves]] of steps.entries()) {
    await submit(slug, player, score);
    expect(movesOf((await nextAfter(listening, index + 1)).leaderboardChanged)).toEqual(moves);
  }
  const changes = listening.heard.map(({ leaderboardChanged }) => leaderboardChanged);
  expect(changes.map(({ snapshot }) => snapshot)).toEqual([true, false, false, false, false, false, false]);
  expectToFollow(changes);
});

test('the browser’s own EventSource hears the same', async () => {
  const { slug } = await createBoard(app, { slug: 'event-source' });
  const stream = await openStream(app.url, LeaderboardChanged, { game: 'g', slug });
  leaving.push(stream.leave);
  expect(stream).toMatchObject({ status: 200, type: expect.stringMatching(/^text\/event-stream/) });
  await expect.poll(() => stream.heard.length).toBe(1);
  await submit(slug, ada, 5);
  await expect.poll(() => stream.heard.length).toBe(2);
  const changes = stream.heard.map(({ leaderboardChanged }) => leaderboardChanged);
  expect(changes.map(({ snapshot }) => snapshot)).toEqual([true, false]);
  expectToFollow(changes);
});

test('a POST that accepts an event stream hears the same', async () => {
  const { slug } = await createBoard(app, { slug: 'by-post' });
  const stream = await openStream(app.url, LeaderboardChanged, { game: 'g', slug }, { method: 'POST' });
  leaving.push(stream.leave);
  expect(stream).toMatchObject({ status: 200, type: expect.stringMatching(/^text\/event-stream/) });
  await expect.poll(() => stream.heard.length).toBe(1);
  await submit(slug, ada, 5);
  await expect.poll(() => stream.heard.length).toBe(2);
  expect(stream.lines.filter((line) => line !== ':')).toEqual(['retry', 'next', 'next']);
});

test('a burst is merged to at most ten events a second, and the last state arrives', async () => {
  const { slug } = await createBoard(app, { slug: 'burst', operator: 'SUM' });
  const players = await Promise.all(Array.from({ length: 10 }, (_, index) => signIn(app, `Player ${index}`)));
  const listening = listenTo(slug, { top: 5 });
  await nextAfter(listening, 0);
  await Promise.all(
    players.map(async (player, index) => {
      for (let turn = 0; turn < 30; turn += 1) await submit(slug, player, ((index * 7 + turn * 3) % 11) + 1);
    }),
  );
  const { data } = await send(app.url, Board, { game: 'g', slug, first: 5 });
  const last = data.leaderboard?.standings;
  const changes = () => listening.heard.map(({ leaderboardChanged }) => leaderboardChanged);
  await expect.poll(() => changes().at(-1)?.revision).toBe(last?.revision);
  expect(
    changes()
      .at(-1)
      ?.standings.map(({ player, score }) => [player.id, score]),
  ).toEqual(last?.edges.map(({ node }) => [node.player.id, node.score]));
  expectToFollow(changes());
  const moments = changes().map(({ at }) => Date.parse(at));
  expect(moments.length).toBeLessThan(150);
  const tenLater = moments.slice(10).map((moment, index) => moment - (moments[index] ?? 0));
  // The server's clock and its timers may differ by some milliseconds.
  expect(Math.min(...tenLater)).toBeGreaterThan(950);
});

test('a change below the top raises revision and count', async () => {
  const { slug } = await createBoard(app, { slug: 'below' });
  await submit(slug, ada, 10);
  const listening = listenTo(slug, { top: 1 });
  const { leaderboardChanged: first } = await nextAfter(listening, 0);
  await submit(slug, bea, 5);
  const { leaderboardChanged: second } = await nextAfter(listening, 1);
  expect(second).toMatchObject({ snapshot: false, moves: [], totalCount: 2, standings: first.standings });
  expect(second.revision).toBeGreaterThan(first.revision);
});

test('a submission that changes nothing is not heard', async () => {
  const { slug } = await createBoard(app, { slug: 'unchanged' });
  await submit(slug, ada, 10);
  const listening = listenTo(slug);
  await nextAfter(listening, 0);
  await submit(slug, ada, 9);
  await submit(slug, ada, 11);
  const { leaderboardChanged: next } = await nextAfter(listening, 1);
  expect(movesOf(next)).toEqual(['SCORED 1']);
  expect(listening.heard).toHaveLength(2);
});

test('subscribers of different tops each hear theirs', async () => {
  const { slug } = await createBoard(app, { slug: 'tops' });
  await submit(slug, ada, 10);
  await submit(slug, bea, 9);
  const one = listenTo(slug, { top: 1 });
  await nextAfter(one, 0);
  const two = listenTo(slug, { top: 2 });
  await nextAfter(two, 0);
  await submit(slug, cem, 11);
  expect(scoresOf((await nextAfter(one, 1)).leaderboardChanged)).toEqual(['Cem 11']);
  expect(scoresOf((await nextAfter(two, 1)).leaderboardChanged)).toEqual(['Cem 11', 'Ada 10']);
  for (const { heard } of [one, two]) expectToFollow(heard.map(({ leaderboardChanged }) => leaderboardChanged));
});

test('the whole top of 100, with standings and moves, is taken', async () => {
  const { slug } = await createBoard(app, { slug: 'whole' });
  await submit(slug, ada, 10);
  const { leaderboardChanged: change } = await nextAfter(listenTo(slug, { top: 100 }), 0);
  expect(scoresOf(change)).toEqual(['Ada 10']);
});

const refused: Record<string, [variables: Record<string, unknown>, message: RegExp]> = {
  'an unknown game': [{ game: 'nowhere' }, /no leaderboard "refused" in game "nowhere"/],
  'an unknown board': [{ slug: 'nothing' }, /no leaderboard "nothing" in game "g"/],
  'a cadence that the board lacks': [{ cadence: 'DAILY' }, /no DAILY standings; it has ALL_TIME/],
  'a top of none': [{ top: 0 }, /top is 1 to 100/],
  'a top of too many': [{ top: 101 }, /top is 1 to 100/],
};

test.each(Object.entries(refused))('%s is refused with the reason', async (_what, [variables, message]) => {
  const body = JSON.stringify({
    query: `subscription($game: String!, $slug: String!, $cadence: Cadence, $top: Int) {
      leaderboardChanged(game: $game, slug: $slug, cadence: $cadence, top: $top) { revision }
    }`,
    variables: { game: 'g', slug: 'refused', ...variables },
  });
  const post = { method: 'POST', body, headers: { 'content-type': 'application/json', accept: 'text/event-stream' } };
  const response = await fetch(`${app.url}/graphql`, post);
  expect(response.status).toBe(400);
  const text = await response.text();
  expect(JSON.parse(/\{"errors.*\}/.exec(text)?.[0] ?? 'null')).toMatchObject({
    errors: [{ message: expect.stringMatching(message), extensions: { code: 'BAD_USER_INPUT' } }],
  });
});

test.each(['application/json', 'application/graphql-response+json', 'multipart/mixed', 'text/html'])(
  'a client that accepts only %s is refused, and no stream stays behind',
  async (accept) => {
    const { slug } = await createBoard(app, { slug: `only-${accept.replaceAll(/\W/g, '-')}` });
    const body = JSON.stringify({ query: LeaderboardChanged.toString(), variables: { game: 'g', slug } });
    const headers = { 'content-type': 'application/json', accept };
    const response = await fetch(`${app.url}/graphql`, { method: 'POST', headers, body });
    expect(response.status).toBe(406);
    await expectNoStreams(app.url);
  },
);
