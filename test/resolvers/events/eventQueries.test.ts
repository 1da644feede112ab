import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { flatEvent, nestedEvent } from '../../domain/events/sampleEvents.ts';
import { send, startTestApp, type TestApp } from '../../setup/app.ts';
import { createBoard, signIn } from '../../setup/documents.ts';
import { EventById, PlayerEvents, receiptsOf } from '../../setup/eventDocuments.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
  await createBoard(app);
});
afterAll(() => app.stop());

test('an event is read by its id, by its player, game servers and admins alone', async () => {
  const [ada, bob] = await Promise.all([signIn(app), signIn(app)]);
  const sent = flatEvent('game_ended', { timestamp: '2026-11-21T12:00:00.123456', wind: 3 });
  const [receipt] = await receiptsOf(app.url, [sent], ada.token);
  const id = receipt?.id ?? '';
  const read = async (token?: string) => (await send(app.url, EventById, { id }, token)).data.event;
  await vi.waitFor(async () => {
    expect((await read(ada.token))?.progress.map(({ state }) => state)).toEqual(['APPLIED', 'APPLIED']);
  });
  expect(await read(ada.token)).toMatchObject({
    id,
    type: 'game_ended',
    timestamp: '2026-11-21T12:00:00.123456',
    occurredAt: '2026-11-21T12:00:00.123Z',
    payload: { score: 42, wind: 3 },
    game: { slug: 'g' },
    player: { id: ada.id },
  });
  for (const role of ['server', 'admin'] as const) {
    expect(await read(await app.tokenFor('somebody', role))).toMatchObject({ id });
  }
  expect([await read(bob.token), await read()]).toEqual([null, null]);
  const unknown = await send(app.url, EventById, { id: ada.id }, ada.token);
  expect(unknown.data.event).toBeNull();
});

test('an event’s skew is by more than 24 hours', async () => {
  const { token } = await signIn(app);
  const skews = [-25, -23, 23, 25].map((hours) => new Date(Date.now() + hours * 3_600_000).toISOString());
  const receipts = await receiptsOf(
    app.url,
    skews.map((timestamp) => flatEvent('app_launched', { timestamp })),
    token,
  );
  const isSkewed = await Promise.all(
    receipts.map(async ({ id }) => (await send(app.url, EventById, { id: id ?? '' }, token)).data.event?.isSkewed),
  );
  expect(isSkewed).toEqual([true, false, false, true]);
});

test('a player’s events are paged by admins, those that came last first', async () => {
  const { id, token } = await signIn(app);
  const server = await app.tokenFor('arena', 'server');
  const ids: (string | null)[] = [];
  for (const score of [1, 2, 3, 4, 5]) {
    const [receipt] = await receiptsOf(app.url, [nestedEvent('player_score', id, { data: { score } })], server);
    ids.unshift(receipt?.id ?? null);
  }
  const admin = await app.tokenFor('admin', 'admin');
  const page = async (after?: string) =>
    (await send(app.url, PlayerEvents, { id, first: 3, after }, admin)).data.player;
  const first = await page();
  const second = await page(first?.events.pageInfo.endCursor ?? '');
  const idsOf = (of: typeof first) => of?.events.edges.map(({ node }) => node.id);
  expect([idsOf(first), idsOf(second)]).toEqual([ids.slice(0, 3), ids.slice(3)]);
  expect([first?.events.pageInfo.hasNextPage, second?.events.pageInfo.hasNextPage]).toEqual([true, false]);
  expect((await send(app.url, PlayerEvents, { id }, token)).errors[0]?.extensions.code).toBe('FORBIDDEN');
});
