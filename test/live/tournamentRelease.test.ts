import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../setup/app.ts';
import { ask, leaveAt } from '../setup/bareSocket.ts';
import { createBoard, signIn } from '../setup/documents.ts';
import { listen, nextAfter } from '../setup/live.ts';
import { TournamentChanged } from '../setup/liveDocuments.ts';
import { AT_ONCE, createTournament, join } from '../setup/liveTournaments.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ env: { STREAM_LIMITS: 'player=100,address=100' } });
  await createBoard(app);
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
