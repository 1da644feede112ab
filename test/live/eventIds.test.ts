import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { send, startTestApp, type TestApp } from '../setup/app.ts';
import { Board, createBoard, signIn, type TestPlayer } from '../setup/documents.ts';
import { openStream } from '../setup/eventStream.ts';
import { expectNoStreams, submitTo } from '../setup/live.ts';
import { StandingChanged, TopScores } from '../setup/liveDocuments.ts';

let app: TestApp;
let ada: TestPlayer;
let slug: string;
let boards = 0;
const leaving: (() => void)[] = [];
beforeAll(async () => {
  app = await startTestApp();
  ada = await signIn(app, 'Ada');
});
beforeEach(async () => {
  boards += 1;
  ({ slug } = await createBoard(app, { slug: `board-${boards}` }));
  await submitTo(app.url, slug, ada, 1);
});
afterEach(async () => {
  for (const leave of leaving.splice(0)) leave();
  await expectNoStreams(app.url);
});
afterAll(() => app.stop());

/** Opens a stream as a browser's EventSource does, which sends `lastEventId` when it reconnects. */
async function open(lastEventId: string | null = null, afterRevision?: number) {
  const variables = { game: 'g', slug, ...(afterRevision === undefined ? {} : { afterRevision }) };
  const stream = await openStream(app.url, TopScores, variables, { lastEventId });
  leaving.push(stream.leave);
  await expect.poll(() => stream.heard.length, { interval: 10 }).toBe(1);
  const isSnapshot = stream.heard[0]?.board.snapshot;
  return { ...stream, isSnapshot };
}

async function revision(): Promise<string> {
  const { data } = await send(app.url, Board, { game: 'g', slug });
  return String(data.leaderboard?.standings.revision);
}

test('each event has the revision as its id, selected or not', async () => {
  const stream = await open();
  const first = await revision();
  await submitTo(app.url, slug, ada, 2);
  await expect.poll(() => stream.ids.length, { interval: 10 }).toBe(2);
  expect(stream.ids).toEqual([first, await revision()]);
});

test('a POST has ids as well', async () => {
  const stream = await openStream(app.url, TopScores, { game: 'g', slug }, { method: 'POST' });
  leaving.push(stream.leave);
  await expect.poll(() => stream.ids, { interval: 10 }).toEqual([await revision()]);
});

test('a browser that reconnects by itself gets what it has missed as one change', async () => {
  const stream = await open();
  stream.leave();
  for (const score of [2, 3]) await submitTo(app.url, slug, ada, score);
  const back = await open(stream.ids[0]);
  expect(back.heard).toEqual([{ board: { snapshot: false, standings: [{ score: 3 }] } }]);
  expect(back.ids).toEqual([await revision()]);
});

test('the argument counts before the header', async () => {
  const { ids } = await open();
  const held = ids[0] ?? '';
  expect((await open('1', Number(held))).isSnapshot).toBe(false);
  expect((await open(held, 1)).isSnapshot).toBe(true);
});

test.each(['', 'garbage', '-1', '1e3', '1.5', '99999999999999999999', '9007199254740993', '0x10', ' ', 'ü'])(
  'the last event id %j is none of ours: a snapshot',
  async (id) => {
    expect((await open(id)).isSnapshot).toBe(true);
  },
);

test('the stream of the own standing has no ids, and none is asked of it', async () => {
  const stream = await openStream(
    app.url,
    StandingChanged,
    { game: 'g', slug },
    { token: ada.token, lastEventId: '5' },
  );
  leaving.push(stream.leave);
  await expect.poll(() => stream.heard.length, { interval: 10 }).toBe(1);
  expect(stream.ids).toEqual([null]);
});
