import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { DeleteMe, SignOut, uuidOf } from '../../setup/accountDocuments.ts';
import { send, startTestApp, type TestApp } from '../../setup/app.ts';
import { createBoard, signIn, type TestPlayer } from '../../setup/documents.ts';
import { openStream } from '../../setup/eventStream.ts';
import { listen, type Listening, nextAfter, submitTo } from '../../setup/live.ts';
import { TournamentChanged } from '../../setup/liveDocuments.ts';
import { AT_ONCE, createTournament, expectNoneWatched, join, overWith, settle } from '../../setup/liveTournaments.ts';
import { PlayedScores } from '../../setup/playedAtDocuments.ts';
import { CancelTournament, EndTournament, UpdateTournament } from '../../setup/tournamentDocuments.ts';
import { enterWithScores, reload, secondsFromNow } from '../../setup/tournaments.ts';

let app: TestApp;
let admin: string;
let ada: TestPlayer;
const leaving: (() => void)[] = [];
beforeAll(async () => {
  app = await startTestApp({ env: { ROLES: 'api' } });
  admin = await app.tokenFor('admin', 'admin');
  await createBoard(app);
  ada = await signIn(app, 'Ada');
});
afterEach(async () => {
  for (const leave of leaving.splice(0)) leave();
  await expectNoneWatched(app);
});
afterAll(() => app.stop());

function listenTo(id: string, token?: string) {
  const listening = listen(app.url, TournamentChanged, { id }, token);
  leaving.push(listening.leave);
  const last = () => listening.heard.at(-1)?.tournamentChanged;
  return { ...listening, last };
}

/** Like `nextAfter`, but too soon for a recheck: the notice has arrived. */
async function soonAfter<Data>({ heard }: Listening<Data>, count: number): Promise<Data> {
  await expect.poll(() => heard.length, AT_ONCE).toBeGreaterThan(count);
  return heard[count] as Data;
}

const globalId = ({ id }: { id: string }) => btoa(`Tournament:${id}`);

test('it is heard now and after each change by hand', async () => {
  const id = await createTournament(app);
  const listening = listenTo(id);
  expect((await nextAfter(listening, 0)).tournamentChanged).toMatchObject({ id, state: 'OPEN', entrants: 0 });
  await send(app.url, UpdateTournament, { input: { tournament: id, metadata: { theme: 'snow' } } }, admin);
  expect((await soonAfter(listening, 1)).tournamentChanged).toMatchObject({ metadata: { theme: 'snow' } });
  await join(app, id, ada);
  expect((await soonAfter(listening, 2)).tournamentChanged).toMatchObject({ entrants: 1 });
  await send(app.url, EndTournament, { tournament: id }, admin);
  expect((await soonAfter(listening, 3)).tournamentChanged).toMatchObject({ state: 'ENDED' });
  await send(app.url, CancelTournament, { tournament: id }, admin);
  expect((await soonAfter(listening, 4)).tournamentChanged).toMatchObject({ state: 'CANCELLED' });
});

test('an attempt is heard, by whoever it was submitted', async () => {
  const id = await createTournament(app);
  const listening = listenTo(id);
  expect((await nextAfter(listening, 0)).tournamentChanged).toMatchObject({ entrants: 0 });
  await submitTo(app.url, 'scores', ada, 4_200);
  expect((await soonAfter(listening, 1)).tournamentChanged).toMatchObject({ entrants: 1 });
});

test('a score that arrives in the grace period is heard', async () => {
  const id = await createTournament(app, { graceSeconds: 60 });
  const { data } = await send(app.url, EndTournament, { tournament: id }, admin);
  const endedAt = 'endedAt' in data.endTournament ? data.endTournament.endedAt : null;
  const listening = listenTo(id);
  expect((await nextAfter(listening, 0)).tournamentChanged).toMatchObject({ state: 'ENDED', entrants: 0 });
  const playedAt = new Date(Date.parse(endedAt ?? '') - 1).toISOString();
  const { id: player } = await signIn(app);
  const input = [{ game: 'g', leaderboard: 'scores', player, score: 1, idempotencyKey: 'late', playedAt }];
  await send(app.url, PlayedScores, { input }, await app.tokenFor('server', 'server'));
  expect((await soonAfter(listening, 1)).tournamentChanged).toMatchObject({
    state: 'ENDED',
    entrants: 1,
    standings: { totalCount: 1 },
  });
});

test('what changes nothing is not heard', async () => {
  const id = await createTournament(app);
  await join(app, id, ada);
  const listening = listenTo(id);
  await nextAfter(listening, 0);
  await join(app, id, ada);
  await send(app.url, UpdateTournament, { input: { tournament: id } }, admin);
  await join(app, id, await signIn(app));
  expect((await soonAfter(listening, 1)).tournamentChanged).toMatchObject({ entrants: 2 });
  expect(listening.heard).toHaveLength(2);
});

test('it opens and ends by the clock', async () => {
  const [startsAt, endsAt] = [secondsFromNow(1).toISOString(), secondsFromNow(2).toISOString()];
  const listening = listenTo(await createTournament(app, { startsAt, endsAt }));
  const told = async (count: number) => (await nextAfter(listening, count)).tournamentChanged.state;
  expect([await told(0), await told(1), await told(2)]).toEqual(['SCHEDULED', 'OPEN', 'ENDED']);
  expect(Date.now() - Date.parse(endsAt)).toBeLessThan(1_000);
});

test('an accepted attempt is heard, with the standings and the viewer’s own entry as they are then', async () => {
  const id = await createTournament(app);
  const tournament = await reload(app.core.database, { id: uuidOf({ id }) });
  const own = listenTo(id, ada.token);
  const others = listenTo(id);
  expect((await nextAfter(own, 0)).tournamentChanged).toMatchObject({ myEntry: null, standings: { totalCount: 0 } });
  await nextAfter(others, 0);
  await enterWithScores(app.core.database, tournament, [{ playerId: uuidOf(ada), score: 7 }]);
  app.core.tournamentNews.changed(tournament.id);
  expect((await soonAfter(own, 1)).tournamentChanged).toMatchObject({
    entrants: 1,
    myEntry: { attempts: 1, bestScore: 7 },
    standings: { totalCount: 1, edges: [{ node: { rank: 1, score: 7 } }] },
  });
  expect((await soonAfter(others, 1)).tournamentChanged).toMatchObject({ entrants: 1, myEntry: null });
});

test('settlement is heard, with its checksum', async () => {
  const tournament = await overWith(app, [ada]);
  const listening = listenTo(globalId(tournament));
  expect((await nextAfter(listening, 0)).tournamentChanged).toMatchObject({ state: 'ENDED', checksum: null });
  await settle(app, tournament);
  const { tournamentChanged } = await soonAfter(listening, 1);
  expect(tournamentChanged).toMatchObject({ state: 'SETTLED', standings: { totalCount: 1 } });
  expect(tournamentChanged.checksum).toMatch(/^[0-9a-f]{64}$/);
});

test('a player who is deleted is heard to leave', async () => {
  const id = await createTournament(app);
  const bea = await signIn(app, 'Bea');
  await join(app, id, bea);
  const listening = listenTo(id);
  await nextAfter(listening, 0);
  await send(app.url, DeleteMe, {}, bea.token);
  expect((await soonAfter(listening, 1)).tournamentChanged).toMatchObject({ entrants: 0 });
});

test('a burst is merged to at most ten events a second, and every subscriber hears the last state', async () => {
  const id = await createTournament(app);
  const players = await Promise.all(Array.from({ length: 60 }, () => signIn(app)));
  const listening = [listenTo(id), listenTo(id)];
  await Promise.all(listening.map((one) => nextAfter(one, 0)));
  const startedAt = performance.now();
  await Promise.all(players.map((player) => join(app, id, player)));
  for (const one of listening) await expect.poll(() => one.last()?.entrants, AT_ONCE).toBe(60);
  const most = 2 + (performance.now() - startedAt) / 100;
  for (const { heard } of listening) expect(heard.length).toBeLessThanOrEqual(most);
});

test('an id that is no tournament’s is refused before anything is subscribed', async () => {
  const ids = [btoa(`Tournament:${crypto.randomUUID()}`), ada.id, 'nonsense', ''];
  for (const id of ids) {
    const response = await fetch(`${app.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
      body: JSON.stringify({ query: TournamentChanged.toString(), variables: { id } }),
    });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('BAD_USER_INPUT');
    expect(app.core.tournamentFeed.live()).toBe(0);
  }
});

test('its events have no id, and its stream ends with the session', async () => {
  const id = await createTournament(app);
  const bea = await signIn(app, 'Bea');
  const stream = await openStream(app.url, TournamentChanged, { id }, { token: bea.token });
  leaving.push(stream.leave);
  await expect.poll(() => stream.ids, AT_ONCE).toEqual([null]);
  await send(app.url, SignOut, { everywhere: false }, bea.token);
  await expect.poll(stream.isEnded, AT_ONCE).toBe(true);
  expect(stream.lines.at(-1)).toBe('complete');
  expect(app.core.tournamentFeed.live()).toBe(0);
});
