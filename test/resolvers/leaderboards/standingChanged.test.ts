import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../setup/app.ts';
import { createBoard, signIn, type TestPlayer } from '../../setup/documents.ts';
import { expectNoStreams, listen, nextAfter, submitTo } from '../../setup/live.ts';
import { LeaderboardChanged, StandingChanged } from '../../setup/liveDocuments.ts';

let app: TestApp;
let ada: TestPlayer;
let bea: TestPlayer;
let slug: string;
let boards = 0;
const leaving: (() => void)[] = [];
beforeAll(async () => {
  app = await startTestApp();
  [ada, bea] = await Promise.all([signIn(app, 'Ada'), signIn(app, 'Bea')]);
});
beforeEach(async () => {
  boards += 1;
  ({ slug } = await createBoard(app, { slug: `board-${boards}`, cadences: ['ALL_TIME', 'DAILY'] }));
});
afterEach(async () => {
  for (const leave of leaving.splice(0)) leave();
  await expectNoStreams(app.url);
});
afterAll(() => app.stop());

function listenAs(player: TestPlayer, cadence: 'ALL_TIME' | 'DAILY' = 'ALL_TIME') {
  const listening = listen(app.url, StandingChanged, { game: 'g', slug, cadence }, player.token);
  leaving.push(listening.leave);
  return listening;
}

const submit = (player: TestPlayer, score: number) => submitTo(app.url, slug, player, score);

test('the own standing is heard now, and when rank or score change', async () => {
  await submit(ada, 10);
  const listening = listenAs(ada);
  expect((await nextAfter(listening, 0)).standingChanged).toMatchObject({ rank: 1, score: 10, player: { id: ada.id } });
  await submit(ada, 12);
  expect((await nextAfter(listening, 1)).standingChanged).toMatchObject({ rank: 1, score: 12 });
  await submit(bea, 20);
  expect((await nextAfter(listening, 2)).standingChanged).toMatchObject({ rank: 2, score: 12, player: { id: ada.id } });
  await submit(ada, 30);
  expect((await nextAfter(listening, 3)).standingChanged).toMatchObject({ rank: 1, score: 30 });
});

test('each player hears of their own standing', async () => {
  await submit(ada, 10);
  await submit(bea, 20);
  const [adas, beas] = [listenAs(ada), listenAs(bea)];
  await Promise.all([nextAfter(adas, 0), nextAfter(beas, 0)]);
  await submit(ada, 30);
  await Promise.all([nextAfter(adas, 1), nextAfter(beas, 1)]);
  const told = (listening: typeof adas) =>
    listening.heard.map(({ standingChanged: own }) => [own?.player.id, own?.rank, own?.score]);
  expect(told(adas)).toEqual([
    [ada.id, 2, 10],
    [ada.id, 1, 30],
  ]);
  expect(told(beas)).toEqual([
    [bea.id, 1, 20],
    [bea.id, 2, 20],
  ]);
});

test('all devices of a player hear', async () => {
  await submit(ada, 10);
  const devices = [listenAs(ada), listenAs(ada), listenAs(ada, 'DAILY')];
  await Promise.all(devices.map((device) => nextAfter(device, 0)));
  await submit(ada, 11);
  for (const device of devices) expect((await nextAfter(device, 1)).standingChanged).toMatchObject({ score: 11 });
});

test('a player without a score hears null, and then of the first one', async () => {
  const listening = listenAs(ada);
  expect(await nextAfter(listening, 0)).toEqual({ standingChanged: null });
  // What others do is heard on the board, by which time Ada would have heard it as well.
  const board = listen(app.url, LeaderboardChanged, { game: 'g', slug });
  leaving.push(board.leave);
  await nextAfter(board, 0);
  await submit(bea, 5);
  await nextAfter(board, 1);
  expect(listening.heard).toHaveLength(1);
  expect(listening.ended()).toBeNull();
  await submit(ada, 7);
  expect((await nextAfter(listening, 1)).standingChanged).toMatchObject({ rank: 1, score: 7 });
});

test('a submission that changes neither rank nor score is not heard', async () => {
  await submit(ada, 10);
  const listening = listenAs(ada);
  await nextAfter(listening, 0);
  await submit(ada, 3);
  await submit(ada, 11);
  expect((await nextAfter(listening, 1)).standingChanged).toMatchObject({ score: 11 });
  expect(listening.heard).toHaveLength(2);
});

test('it is for players', async () => {
  const body = JSON.stringify({ query: StandingChanged.toString(), variables: { game: 'g', slug } });
  const ask = async (token?: string) => {
    const headers = {
      'content-type': 'application/json',
      accept: 'text/event-stream',
      ...(token ? { authorization: `Bearer ${token}` } : {}),
    };
    const response = await fetch(`${app.url}/graphql`, { method: 'POST', body, headers });
    return { status: response.status, text: await response.text() };
  };
  expect(await ask()).toMatchObject({ status: 401, text: expect.stringContaining('UNAUTHENTICATED') });
  expect(await ask('nonsense')).toMatchObject({ status: 401, text: expect.stringContaining('UNAUTHENTICATED') });
  const server = await app.tokenFor('server', 'server');
  expect(await ask(server)).toMatchObject({ status: 403, text: expect.stringContaining('FORBIDDEN') });
});
