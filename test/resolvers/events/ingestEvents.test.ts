import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { flatEvent, nestedEvent } from '../../domain/events/sampleEvents.ts';
import { newDeviceId, send, startTestApp, type TestApp } from '../../setup/app.ts';
import { uuidOf } from '../../setup/accountDocuments.ts';
import { createBoard, CreateGame, signIn } from '../../setup/documents.ts';
import { ingest, receiptsOf, verdictsOf } from '../../setup/eventDocuments.ts';

let app: TestApp;
let server: string;
beforeAll(async () => {
  app = await startTestApp();
  await createBoard(app);
  server = await app.tokenFor('arena', 'server');
});
afterAll(() => app.stop());

type Row = { type: string; playerId: string; occurredAt: Date; timestampText: string; game: string; payload: object };

async function storedOf(playerId: string): Promise<Row[]> {
  return app.core.database.rows<Row>(sql`
    select e.type, e.player_id as "playerId", e.occurred_at as "occurredAt", e.timestamp_text as "timestampText",
      g.slug as game, e.payload from events e join games g on g.id = e.game_id
    where e.player_id = ${playerId}::uuid order by e.position`);
}

test('a player’s events are stored with a receipt for each, in order, and a refused one spoils none', async () => {
  const deviceId = newDeviceId();
  const player = await signIn(app, 'Ada', deviceId);
  const receipts = await receiptsOf(
    app.url,
    [
      flatEvent('game_started', { timestamp: '2026-11-21T11:58:00.5' }),
      flatEvent('game_ended', { score: -1 }),
      flatEvent('game_ended', { user_id: deviceId }),
      flatEvent('app_launched', { user_id: player.id }),
      flatEvent('app_launched', { user_id: uuidOf(player), session_number: 2 }),
      flatEvent('game_endet'),
      7,
    ],
    player.token,
  );
  expect(receipts.map(({ verdict, path }) => [verdict, path])).toEqual([
    ['ACCEPTED', null],
    ['REJECTED', 'score'],
    ['ACCEPTED', null],
    ['ACCEPTED', null],
    ['ACCEPTED', null],
    ['REJECTED', 'event_type'],
    ['REJECTED', ''],
  ]);
  expect(receipts[5]).toMatchObject({ id: null, reason: expect.stringMatching(/did you mean "game_ended"\?/) });
  expect(new Set(receipts.flatMap(({ id }) => id ?? [])).size).toBe(4);
  const rows = await storedOf(uuidOf(player));
  expect(rows.map(({ type }) => type)).toEqual(['game_started', 'game_ended', 'app_launched', 'app_launched']);
  expect(rows[0]).toMatchObject({
    game: 'g',
    occurredAt: new Date('2026-11-21T11:58:00.500Z'),
    timestampText: '2026-11-21T11:58:00.5',
    payload: { selected_jet: 'sky', powerups_active: [] },
  });
});

test('a request that is sent again is stored once, with and without ids, and gets the same ids', async () => {
  const { token, id } = await signIn(app);
  const events = [
    flatEvent('game_ended'),
    flatEvent('game_ended', { score: 43, event_id: 'mine' }),
    flatEvent('game_ended'),
  ];
  const first = await receiptsOf(app.url, events, token);
  expect(first.map(({ verdict }) => verdict)).toEqual(['ACCEPTED', 'ACCEPTED', 'DUPLICATE']);
  const again = await receiptsOf(app.url, events, token);
  expect(again.map(({ verdict }) => verdict)).toEqual(['DUPLICATE', 'DUPLICATE', 'DUPLICATE']);
  expect(again.map((receipt) => receipt.id)).toEqual(first.map((receipt) => receipt.id));
  expect(await storedOf(uuidOf({ id }))).toHaveLength(2);
});

test('what one player sends is no duplicate of another’s', async () => {
  const [ada, bob] = await Promise.all([signIn(app), signIn(app)]);
  expect(await verdictsOf(app.url, [flatEvent('game_ended', { event_id: 'e' })], ada.token)).toEqual(['ACCEPTED']);
  expect(await verdictsOf(app.url, [flatEvent('game_ended', { event_id: 'e' })], bob.token)).toEqual(['ACCEPTED']);
});

test('a player tells of nobody else', async () => {
  const [ada, bob] = await Promise.all([signIn(app), signIn(app)]);
  const receipts = await receiptsOf(
    app.url,
    [flatEvent('app_launched', { user_id: bob.id }), flatEvent('app_launched', { user_id: 'some-device' })],
    ada.token,
  );
  expect(receipts).toMatchObject([
    { verdict: 'REJECTED', path: 'user_id' },
    { verdict: 'REJECTED', path: 'user_id' },
  ]);
});

test('a game server tells of players by either id, and of a new device, which then signs in as that player', async () => {
  const [known, unknown] = [newDeviceId(), newDeviceId()];
  const ada = await signIn(app, 'Ada', known);
  const events = [ada.id, uuidOf(ada), known, unknown, unknown].map((player, index) =>
    nestedEvent('player_score', player, { data: { score: index } }),
  );
  expect(await verdictsOf(app.url, events, server)).toEqual(Array.from(events, () => 'ACCEPTED'));
  expect(await storedOf(uuidOf(ada))).toHaveLength(3);
  const bob = await signIn(app, 'Bob', unknown);
  expect(await storedOf(uuidOf(bob))).toHaveLength(2);
  expect(await receiptsOf(app.url, [flatEvent('app_launched')], server)).toMatchObject([
    { verdict: 'REJECTED', path: 'user_id' },
  ]);
});

test('requests that make the same player at once make one', async () => {
  const device = newDeviceId();
  const requests = Array.from({ length: 8 }, (_, index) =>
    verdictsOf(app.url, [nestedEvent('player_score', device, { data: { score: index } })], server),
  );
  expect((await Promise.all(requests)).flat()).toEqual(Array.from({ length: 8 }, () => 'ACCEPTED'));
  expect(await storedOf(uuidOf(await signIn(app, 'Ada', device)))).toHaveLength(8);
});

test('more than 100 events are refused as a whole, and none are fine', async () => {
  const { token } = await signIn(app);
  const events = Array.from({ length: 101 }, (_, index) => flatEvent('app_launched', { session_number: index + 1 }));
  expect(await ingest(app.url, events, token)).toMatchObject({
    __typename: 'ValidationError',
    message: 'events: send at most 100 at once; these are 101',
  });
  expect(await verdictsOf(app.url, events.slice(1), token)).toEqual(Array.from({ length: 100 }, () => 'ACCEPTED'));
  expect(await receiptsOf(app.url, [], token)).toEqual([]);
});

test('nobody sends events without a token', async () => {
  const response = await fetch(`${app.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: 'mutation { ingestEvents(events: []) { __typename } }' }),
  });
  expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
});

test('an event belongs to the game that it names, to the only one there is, or to the one that is configured', async () => {
  const own = await startTestApp({ env: { DEFAULT_GAME: 'h' } });
  const admin = await own.tokenFor('admin', 'admin');
  const event = (game?: string) =>
    nestedEvent('player_score', randomUUID(), game === undefined ? {} : { game_id: game });
  const gamesOf = async (target: TestApp) => {
    const rows = await target.core.database.rows<{ slug: string }>(
      sql`select g.slug from events e join games g on g.id = e.game_id order by e.position`,
    );
    return rows.map(({ slug }) => slug);
  };
  expect(await receiptsOf(own.url, [event(), event('g')], admin)).toMatchObject([
    { verdict: 'REJECTED', path: 'game_id' },
    { verdict: 'REJECTED', path: 'game_id' },
  ]);
  const { data } = await send(own.url, CreateGame, { input: { slug: 'g', name: 'G' } }, admin);
  await send(own.url, CreateGame, { input: { slug: 'h', name: 'H' } }, admin);
  const id = data.createGame.__typename === 'Game' ? data.createGame.id : '';
  expect(await verdictsOf(own.url, [event(), event('g'), event(id)], admin)).not.toContain('REJECTED');
  expect(await gamesOf(own)).toEqual(['h', 'g', 'g']);
  await own.stop();

  const plain = await startTestApp();
  const other = await plain.tokenFor('admin', 'admin');
  await send(plain.url, CreateGame, { input: { slug: 'g', name: 'G' } }, other);
  expect(await verdictsOf(plain.url, [event()], other)).toEqual(['ACCEPTED']);
  await send(plain.url, CreateGame, { input: { slug: 'h', name: 'H' } }, other);
  expect(await receiptsOf(plain.url, [event()], other)).toMatchObject([{ verdict: 'REJECTED', path: 'game_id' }]);
  await plain.stop();
});

test('a player has 100 requests with events a minute, whatever they hold, a game server 10 000 events a second', async () => {
  const limited = await startTestApp({ env: { RATE_LIMITS: 'events=2/60,serverEvents=150/60', DEFAULT_GAME: 'g' } });
  await createBoard(limited);
  const { token } = await signIn(limited);
  const arena = await limited.tokenFor('arena', 'server');
  const events = Array.from({ length: 100 }, (_, index) => nestedEvent('player_score', `player ${index}`));
  const statusOf = async (list: unknown[], bearer: string) => {
    const response = await fetch(`${limited.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${bearer}` },
      body: JSON.stringify({
        query: 'mutation ($events: [JSON!]!) { ingestEvents(events: $events) { __typename } }',
        variables: { events: list },
      }),
    });
    return [response.status, response.headers.get('ratelimit-remaining')];
  };
  const own = Array.from({ length: 50 }, (_, index) => flatEvent('app_launched', { session_number: index + 1 }));
  expect([await statusOf(own, token), await statusOf(own, token), await statusOf([], token)]).toEqual([
    [200, '1'],
    [200, '0'],
    [429, '0'],
  ]);
  expect([await statusOf(events, arena), await statusOf(events, arena)]).toEqual([
    [200, '50'],
    [429, '50'],
  ]);
  await limited.stop();
});
