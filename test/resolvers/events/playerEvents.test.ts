import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { graphql } from '../../generated/gql.ts';
import { flatEvent, nestedEvent } from '../../domain/events/sampleEvents.ts';
import { send, startTestApp, type TestApp } from '../../setup/app.ts';
import { DeleteMe, uuidOf } from '../../setup/accountDocuments.ts';
import { createBoard, signIn } from '../../setup/documents.ts';
import { receiptsOf } from '../../setup/eventDocuments.ts';
import { verify } from '../../../src/verify/verify.ts';

const PlayerEventStats = graphql(`
  query PlayerEventStats($id: ID!, $game: String) {
    player(id: $id) {
      stats(game: $game) {
        scores
        totalEvents
        eventBreakdown
        firstSeenAt
        lastSeenAt
      }
    }
  }
`);

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
  await createBoard(app);
});
afterAll(() => app.stop());

const statsOf = async (id: string, game: string | null = null) =>
  (await send(app.url, PlayerEventStats, { id, game })).data.player?.stats;

test('a player’s events are counted by type, once each, soon after they are acknowledged', async () => {
  const { id, token } = await signIn(app);
  expect(await statsOf(id)).toEqual({
    scores: 0,
    totalEvents: 0,
    eventBreakdown: {},
    firstSeenAt: null,
    lastSeenAt: null,
  });
  const early = new Date(Date.now() - 3_600_000).toISOString();
  const late = new Date(Date.now() - 60_000).toISOString();
  const events = [
    flatEvent('game_started', { timestamp: early }),
    flatEvent('game_ended', { timestamp: late }),
    flatEvent('game_ended', { timestamp: late, score: 7 }),
  ];
  await receiptsOf(app.url, [...events, ...events], token);
  await receiptsOf(app.url, events, token);
  await vi.waitFor(async () => expect((await statsOf(id))?.totalEvents).toBe(3));
  expect(await statsOf(id, 'g')).toEqual({
    scores: 0,
    totalEvents: 3,
    eventBreakdown: { game_ended: 2, game_started: 1 },
    firstSeenAt: early,
    lastSeenAt: late,
  });
  expect((await statsOf(id, 'another'))?.totalEvents).toBe(0);
});

test('a clock that is more than a day off does not say when a player was seen', async () => {
  const { id, token } = await signIn(app);
  const before = Date.now();
  await receiptsOf(app.url, [flatEvent('app_launched', { timestamp: '2031-01-01T00:00:00' })], token);
  await vi.waitFor(async () => expect((await statsOf(id))?.totalEvents).toBe(1));
  const { lastSeenAt } = (await statsOf(id)) ?? {};
  expect(Math.abs(Date.parse(String(lastSeenAt)) - before)).toBeLessThan(60_000);
});

test('a deleted player’s events and counts are gone', async () => {
  const { id, token } = await signIn(app);
  await receiptsOf(app.url, [flatEvent('app_launched')], token);
  await vi.waitFor(async () => expect((await statsOf(id))?.totalEvents).toBe(1));
  await send(app.url, DeleteMe, {}, token);
  const [row] = await app.core.database.rows(sql`
    select (select count(*)::int from events where player_id = ${uuidOf({ id })}::uuid) as events,
      (select count(*)::int from player_event_counts where player_id = ${uuidOf({ id })}::uuid) as counts`);
  expect(row).toEqual({ events: 0, counts: 0 });
});

test('verify finds a count that is wrong, missing, or of no event', async () => {
  const own = await startTestApp();
  await createBoard(own);
  const server = await own.tokenFor('arena', 'server');
  await receiptsOf(
    own.url,
    ['a', 'b'].map((player) => nestedEvent('player_score', player)),
    server,
  );
  const { database } = own.core;
  await vi.waitFor(async () => expect(await database.rows(sql`select 1 from player_event_counts`)).toHaveLength(2));
  expect((await verify(database)).differences).toEqual([]);
  await database.rows(sql`update player_event_counts set events = 3`);
  expect((await verify(database)).differences).toHaveLength(2);
  await database.rows(sql`delete from player_event_counts`);
  expect((await verify(database)).differences).toHaveLength(2);
  await own.stop();
});
