import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { SignOut, uuidOf } from '../../setup/accountDocuments.ts';
import { send, startTestApp, type TestApp } from '../../setup/app.ts';
import { createBoard, signIn, type TestPlayer } from '../../setup/documents.ts';
import { openStream } from '../../setup/eventStream.ts';
import { nextAfter } from '../../setup/live.ts';
import { PrizeAwarded } from '../../setup/liveDocuments.ts';
import { AT_ONCE, expectNoneWatched, listenForPrizes, overWith, settle } from '../../setup/liveTournaments.ts';
import { MyPrizes } from '../../setup/prizeDocuments.ts';

let app: TestApp;
let ada: TestPlayer;
let bea: TestPlayer;
const leaving: (() => void)[] = [];
beforeAll(async () => {
  // The test settles by hand, and nobody before it.
  app = await startTestApp({ env: { ROLES: 'api' } });
  await createBoard(app);
  [ada, bea] = await Promise.all([signIn(app, 'Ada'), signIn(app, 'Bea')]);
});
afterEach(async () => {
  for (const leave of leaving.splice(0)) leave();
  await expectNoneWatched(app);
});
afterAll(() => app.stop());

async function listenAs(...players: TestPlayer[]) {
  const listening = await listenForPrizes(app, players);
  leaving.push(...listening.map(({ leave }) => leave));
  return listening;
}

test('a prize is heard as it can be read', async () => {
  const tournament = await overWith(app, [ada]);
  const [listening] = await listenAs(ada);
  await settle(app, tournament);
  if (!listening) throw new Error('nobody listens');
  const { prizeAwarded } = await nextAfter(listening, 0);
  const prizes = await send(app.url, MyPrizes, { first: 1 }, ada.token);
  const { id, rank, coins, gems } = prizes.data.prizes.edges[0]?.node ?? {};
  expect(prizeAwarded).toEqual({
    id,
    rank,
    coins,
    gems,
    state: 'PENDING',
    player: { id: ada.id },
    tournament: { id: btoa(`Tournament:${tournament.id}`), state: 'SETTLED' },
  });
});

test('three tournaments that are settled at once are heard three times, once each, on every device', async () => {
  const before = await overWith(app, [ada]);
  await settle(app, before);
  const tournaments = await Promise.all([1, 2, 3].map(() => overWith(app, [ada, bea])));
  const devices = await listenAs(ada, ada, bea);
  await Promise.all(tournaments.map((tournament) => settle(app, tournament)));
  const ids = tournaments.map(({ id }) => id).toSorted();
  for (const device of devices) {
    await expect.poll(() => device.tournaments().toSorted(), AT_ONCE).toEqual(ids);
  }
  // One more, by whose arrival anything told twice would have been told.
  const last = await overWith(app, [ada, bea]);
  await settle(app, last);
  for (const device of devices) {
    await expect.poll(() => device.tournaments().at(-1), AT_ONCE).toBe(last.id);
    expect(device.heard).toHaveLength(4);
  }
});

test('prizes that follow each other are heard in the order of award', async () => {
  const tournaments = await Promise.all(Array.from({ length: 10 }, () => overWith(app, [ada])));
  const [listening] = await listenAs(ada);
  for (const tournament of tournaments) await settle(app, tournament);
  await expect.poll(() => listening?.tournaments(), AT_ONCE).toEqual(tournaments.map(({ id }) => id));
});

test('another player’s prize is never told', async () => {
  const [adas, beas] = await listenAs(ada, bea);
  const [hers, theirs] = [await overWith(app, [ada]), await overWith(app, [bea])];
  await settle(app, hers);
  await expect.poll(() => adas?.tournaments(), AT_ONCE).toEqual([hers.id]);
  await settle(app, theirs);
  await expect.poll(() => beas?.tournaments(), AT_ONCE).toEqual([theirs.id]);
  expect(adas?.tournaments()).toEqual([hers.id]);
});

test('a settlement that nobody told of is made up for', async () => {
  const tournament = await overWith(app, [ada]);
  const [listening] = await listenAs(ada);
  const { core } = app;
  await settle({ ...app, core: { ...core, tournamentNews: { changed: () => {}, awarded: () => {} } } }, tournament);
  await expect.poll(() => listening?.tournaments(), { timeout: 6_000 }).toEqual([tournament.id]);
});

test('it is for players', async () => {
  const ask = async (token?: string) => {
    const response = await fetch(`${app.url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'text/event-stream',
        ...(token ? { authorization: `Bearer ${token}` } : {}),
      },
      body: JSON.stringify({ query: PrizeAwarded.toString() }),
    });
    return { status: response.status, text: await response.text() };
  };
  expect(await ask()).toMatchObject({ status: 401, text: expect.stringContaining('UNAUTHENTICATED') });
  const admin = await app.tokenFor('admin', 'admin');
  expect(await ask(admin)).toMatchObject({ status: 403, text: expect.stringContaining('FORBIDDEN') });
});

test('its events have no id, and its stream ends with the session', async () => {
  const cem = await signIn(app, 'Cem');
  const tournament = await overWith(app, [cem]);
  const stream = await openStream(app.url, PrizeAwarded, {}, { token: cem.token });
  leaving.push(stream.leave);
  await settle(app, tournament);
  await expect.poll(() => stream.ids, AT_ONCE).toEqual([null]);
  expect(uuidOf(stream.heard[0]?.prizeAwarded.tournament ?? { id: '' })).toBe(tournament.id);
  await send(app.url, SignOut, { everywhere: false }, cem.token);
  await expect.poll(stream.isEnded, AT_ONCE).toBe(true);
  expect(stream.lines.at(-1)).toBe('complete');
});
