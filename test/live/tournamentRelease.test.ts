import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../setup/app.ts';
import { ask, leaveAt } from '../setup/bareSocket.ts';
import { createBoard, signIn, type TestPlayer } from '../setup/documents.ts';
import { CUT_OFF, listen, nextAfter } from '../setup/live.ts';
import { TournamentChanged } from '../setup/liveDocuments.ts';
import { AT_ONCE, createTournament, join, listenForPrizes, overWith, settle } from '../setup/liveTournaments.ts';

let app: TestApp;
let ada: TestPlayer;
beforeAll(async () => {
  app = await startTestApp({ env: { ROLES: 'api', STREAM_LIMITS: 'player=100,address=100' } });
  await createBoard(app);
  ada = await signIn(app, 'Ada');
});
afterAll(() => app.stop());

const open = () => {
  const { players, anonymous } = app.streams();
  return { streams: players + anonymous, watched: app.core.tournamentFeed.live() };
};

test('clients of a tournament that come and go leave nothing behind, and others go on hearing', async () => {
  const id = await createTournament(app);
  const other = listen(app.url, TournamentChanged, { id });
  await nextAfter(other, 0);
  for (let batch = 0; batch < 5; batch += 1) {
    const query = `subscription { tournamentChanged(id: "${id}") { entrants } }`;
    await Promise.all(Array.from({ length: 60 }, (_, turn) => leaveAt(ask(app.url, query), batch + turn)));
    await join(app, id, await signIn(app));
    await expect.poll(() => other.heard.at(-1)?.tournamentChanged.entrants, AT_ONCE).toBe(batch + 1);
  }
  await expect.poll(open, { timeout: 5_000 }).toEqual({ streams: 1, watched: 1 });
  other.leave();
  await expect.poll(open, { timeout: 5_000 }).toEqual({ streams: 0, watched: 0 });
});

test('clients that wait for prizes and go leave nothing behind, though no prize comes; others go on hearing', async () => {
  const bea = await signIn(app, 'Bea');
  const [other] = await listenForPrizes(app, [ada]);
  for (let batch = 0; batch < 5; batch += 1) {
    const query = 'subscription { prizeAwarded { coins } }';
    // A stream begins with a comment, long before there is an event.
    const leaving = Array.from({ length: 60 }, (_, turn) => leaveAt(ask(app.url, query, bea.token), batch + turn, ':'));
    await Promise.all(leaving);
    const tournament = await overWith(app, [ada]);
    await settle(app, tournament);
    await expect.poll(() => other?.tournaments().at(-1), AT_ONCE).toBe(tournament.id);
  }
  await expect.poll(open, { timeout: 5_000 }).toEqual({ streams: 1, watched: 1 });
  other?.leave();
  await expect.poll(open, { timeout: 5_000 }).toEqual({ streams: 0, watched: 0 });
});

test('streams too many of a player are refused before anything is watched', async () => {
  const cem = await signIn(app, 'Cem');
  const small = await startTestApp({ env: { ...app.env, STREAM_LIMITS: 'player=2' } });
  const id = await createTournament(small);
  const prizes = await listenForPrizes(small, [cem]);
  const tournament = listen(small.url, TournamentChanged, { id }, cem.token);
  await nextAfter(tournament, 0);
  const third = listen(small.url, TournamentChanged, { id }, cem.token);
  await expect.poll(third.ended, AT_ONCE).not.toBeNull();
  expect(third.heard).toEqual([]);
  expect(small.core.tournamentFeed.live()).toBe(2);
  await small.stop();
  for (const { ended } of [...prizes, tournament])
    await expect.poll(ended, AT_ONCE).toMatchObject({ message: CUT_OFF });
  expect(small.core.tournamentFeed.live()).toBe(0);
});
