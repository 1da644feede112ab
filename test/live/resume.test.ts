import { afterAll, afterEach, beforeAll, expect, onTestFinished, test } from 'vitest';
import type { LeaderboardChangedSubscriptionVariables } from '../generated/graphql.ts';
import { send, startTestApp, type TestApp } from '../setup/app.ts';
import { Board, createBoard, signIn, type TestPlayer } from '../setup/documents.ts';
import { openStream } from '../setup/eventStream.ts';
import { expectRefusal, request } from '../setup/http.ts';
import {
  type Change,
  expectNoStreams,
  expectToFollow,
  expectToResume,
  type Listening,
  listen,
  nextAfter,
  submitTo,
} from '../setup/live.ts';
import { LeaderboardChanged } from '../setup/liveDocuments.ts';

let app: TestApp;
let players: TestPlayer[];
beforeAll(async () => {
  app = await startTestApp();
  await createBoard(app, { slug: 'refused' });
  players = await Promise.all(['Ada', 'Bea', 'Cem', 'Dov'].map((name) => signIn(app, name)));
});
const leaving: (() => void)[] = [];
afterEach(async () => {
  for (const leave of leaving.splice(0)) leave();
  await expectNoStreams(app.url);
});
afterAll(() => app.stop());

type Listener = Listening<{ leaderboardChanged: Change }>;

function listenTo(slug: string, more: Partial<LeaderboardChangedSubscriptionVariables> = {}): Listener {
  const listening = listen(app.url, LeaderboardChanged, { game: 'g', slug, ...more });
  leaving.push(listening.leave);
  return listening;
}

async function change(listening: Listener, index: number): Promise<Change> {
  return (await nextAfter(listening, index)).leaderboardChanged;
}

async function submit(slug: string, player: number, score: number): Promise<void> {
  await submitTo(app.url, slug, players[player] as TestPlayer, score);
}

/** Reads the board and returns it as the last event of a stream should tell it. */
async function topOf(slug: string, first: number) {
  const { data } = await send(app.url, Board, { game: 'g', slug, first });
  const page = data.leaderboard?.standings;
  return {
    revision: page?.revision,
    top: page?.edges.map(({ node }) => [node.player.id, node.ordinal, node.score]),
  };
}

const told = ({ revision, standings }: Change) => ({
  revision,
  top: standings.map(({ player, rank, score }) => [player.id, rank, score]),
});

test('a client that was away gets one event, whose moves lead from its old top to the new one', async () => {
  const { slug } = await createBoard(app, { slug: 'away', operator: 'LATEST' });
  await submit(slug, 0, 30);
  await submit(slug, 1, 20);
  await submit(slug, 2, 10);
  const other = listenTo(slug, { top: 2 });
  const client = listenTo(slug, { top: 2 });
  const held = await change(client, 0);
  await change(other, 0);
  client.leave();
  for (const [index, score] of [25, 35, 40, 5].entries()) {
    await submit(slug, index, score);
    await change(other, index + 1);
  }
  const back = listenTo(slug, { top: 2, afterRevision: held.revision });
  const first = await change(back, 0);
  expect(first).toMatchObject({ snapshot: false, totalCount: 4 });
  expectToResume(held, first);
  expect(first.moves.map(({ kind }) => kind)).toEqual(['ENTERED', 'SCORED', 'LEFT']);
  expect(told(first)).toEqual(await topOf(slug, 2));
  await submit(slug, 3, 50);
  expectToFollow([first, await change(back, 1)]);
  expect(back.heard).toHaveLength(2);
});

test('a lone client that reconnects gets one change as well', async () => {
  const { slug } = await createBoard(app, { slug: 'lone' });
  await submit(slug, 0, 10);
  const client = listenTo(slug);
  const held = await change(client, 0);
  client.leave();
  await expectNoStreams(app.url);
  for (const [player, score] of [20, 15, 30].entries()) await submit(slug, player, score);
  const first = await change(listenTo(slug, { afterRevision: held.revision }), 0);
  expect(first.snapshot).toBe(false);
  expectToResume(held, first);
  expect(told(first)).toEqual(await topOf(slug, 10));
});

test('a client that has missed nothing is told so', async () => {
  const { slug } = await createBoard(app, { slug: 'same' });
  await submit(slug, 0, 10);
  const other = listenTo(slug);
  const held = await change(other, 0);
  const first = await change(listenTo(slug, { afterRevision: held.revision }), 0);
  expect(first).toMatchObject({ snapshot: false, moves: [] });
  expectToResume(held, first);
});

test.each([1, Number.MAX_SAFE_INTEGER])(
  'a client that holds revision %d, unknown here, gets a snapshot',
  async (revision) => {
    const { slug } = await createBoard(app, { slug: `unknown-${revision}` });
    await submit(slug, 0, 10);
    const first = await change(listenTo(slug, { afterRevision: revision }), 0);
    expect(first).toMatchObject({ snapshot: true, moves: [] });
    expect(told(first)).toEqual(await topOf(slug, 10));
  },
);

test('a revision below zero is refused', async () => {
  const query = 'subscription { leaderboardChanged(game: "g", slug: "refused", afterRevision: -1) { revision } }';
  const answer = await request(app.url, { path: `/graphql?${new URLSearchParams({ query }).toString()}` });
  expectRefusal(answer, 400, 'BAD_USER_INPUT', /afterRevision/);
});

test('a client that is cut fifty times in a burst, and resumes each time, ends with the board’s top', async () => {
  const { slug } = await createBoard(app, { slug: 'cut', operator: 'LATEST' });
  const top = 3;
  let isOver = false;
  onTestFinished(() => {
    isOver = true;
  });
  const burst = Promise.all(
    players.map(async (_player, index) => {
      for (let turn = 1; !isOver; turn += 1) await submit(slug, index, (turn * (index + 3)) % 17);
    }),
  );
  let held: Change | undefined;
  let lastEventId: string | null = null;
  let changes = 0;
  const connect = async (count: number) => {
    const stream = await openStream(app.url, LeaderboardChanged, { game: 'g', slug, top }, { lastEventId });
    await expect.poll(() => stream.heard.length, { interval: 5 }).toBeGreaterThanOrEqual(count);
    stream.leave();
    const heard = stream.heard.map(({ leaderboardChanged }) => leaderboardChanged);
    if (held && heard[0]) expectToResume(held, heard[0]);
    expectToFollow(heard);
    expect(stream.ids).toEqual(heard.map(({ revision }) => String(revision)));
    changes += heard.filter(({ snapshot }) => !snapshot).length;
    held = heard.at(-1);
    lastEventId = stream.ids.at(-1) ?? null;
  };
  for (let cut = 0; cut < 50; cut += 1) await connect(1 + (cut % 3));
  isOver = true;
  await burst;
  await connect(1);
  expect(held && told(held)).toEqual(await topOf(slug, top));
  // Snapshots alone would pass as well: most events must lead on from what the client held.
  expect(changes).toBeGreaterThan(50);
}, 60_000);
