import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { graphql } from '../../generated/gql.ts';
import { flatEvent } from '../../domain/events/sampleEvents.ts';
import { send, startTestApp, type TestApp } from '../../setup/app.ts';
import { Board, createBoard, CreateGame, signIn } from '../../setup/documents.ts';
import { EventById, receiptsOf } from '../../setup/eventDocuments.ts';

const CreateEventType = graphql(`
  mutation CreateEventType($input: CreateEventTypeInput!) {
    createEventType(input: $input) {
      __typename
      ... on EventType {
        name
        aliases
        schema
      }
      ... on Error {
        code
        message
      }
    }
  }
`);

const EventTypes = graphql(`
  query EventTypes {
    games {
      slug
      eventTypes {
        name
      }
    }
  }
`);

const LAP = {
  type: 'object',
  properties: { lap_time: { type: 'integer', minimum: 0 }, car: { enum: ['red', 'blue'] } },
  required: ['lap_time'],
};

let app: TestApp;
let admin: string;
beforeAll(async () => {
  app = await startTestApp({ env: { DEFAULT_GAME: 'g' } });
  admin = await app.tokenFor('admin', 'admin');
  await createBoard(app);
  await send(app.url, CreateGame, { input: { slug: 'h', name: 'H' } }, admin);
});
afterAll(() => app.stop());

const create = async (input: { name: string; schema?: unknown; aliases?: string[]; game?: string }, token = admin) =>
  (await send(app.url, CreateEventType, { input: { game: 'g', schema: LAP, ...input } }, token)).data.createEventType;
const lap = (fields: object, type = 'lap_finished') => ({
  event_type: type,
  timestamp: new Date().toISOString(),
  ...fields,
});

test('a game’s own events are checked by its schema, kept under their name, and count on boards', async () => {
  const { token } = await signIn(app);
  expect(await receiptsOf(app.url, [lap({ lap_time: 9 })], token)).toMatchObject([
    { verdict: 'REJECTED', path: 'event_type' },
  ]);
  expect(await create({ name: 'lap_finished', aliases: ['lap_done'] })).toEqual({
    __typename: 'EventType',
    name: 'lap_finished',
    aliases: ['lap_done'],
    schema: LAP,
  });
  const board = await createBoard(app, {
    slug: 'laps',
    sortOrder: 'ASCENDING',
    scoreRules: [{ eventType: 'lap_done', filter: { car: 'red' }, value: 'lap_time' }],
  });
  const receipts = await receiptsOf(
    app.url,
    [
      lap({ lap_time: 61_000, car: 'red', tyre: 'soft' }),
      lap({ lapTime: 60_000, car: 'blue' }, 'lap_done'),
      lap({ data: { lap_time: -1 } }),
      lap({ car: 'green', lap_time: 1 }),
      lap({}),
      lap({ lap_time: 1, game_id: 'h' }),
      flatEvent('app_launched'),
    ],
    token,
  );
  expect(receipts.map(({ verdict, path, reason }) => [verdict, path, reason])).toEqual([
    ['ACCEPTED', null, null],
    ['ACCEPTED', null, null],
    ['REJECTED', 'data.lap_time', 'must be >= 0'],
    ['REJECTED', 'car', 'must be equal to one of the allowed values'],
    ['REJECTED', 'lap_time', 'is missing'],
    ['REJECTED', 'event_type', expect.stringMatching(/no known type/)],
    ['ACCEPTED', null, null],
  ]);
  const { data } = await send(app.url, EventById, { id: receipts[1]?.id ?? '' }, token);
  expect(data.event).toMatchObject({ type: 'lap_finished', payload: { lap_time: 60_000, car: 'blue' } });
  await vi.waitFor(async () => {
    const { leaderboard } = (await send(app.url, Board, { game: 'g', slug: board.slug })).data;
    expect(leaderboard?.standings.edges.map(({ node }) => node.score)).toEqual([61_000]);
  });
});

test('types are told by game, and no name is taken twice in one', async () => {
  await create({ name: 'pit_stop', aliases: ['pit'] });
  const { games } = (await send(app.url, EventTypes, {})).data;
  expect(games.find(({ slug }) => slug === 'g')?.eventTypes).toContainEqual({ name: 'pit_stop' });
  expect(games.find(({ slug }) => slug === 'h')?.eventTypes).toEqual([]);
  const taken = await Promise.all([
    create({ name: 'pit' }),
    create({ name: 'pit_in', aliases: ['pit_stop'] }),
    create({ name: 'game_over' }),
  ]);
  expect(taken.map(({ __typename }) => __typename)).toEqual(['ConflictError', 'ConflictError', 'ConflictError']);
  const atOnce = await Promise.all([1, 2, 3].map(() => create({ name: 'refuelled' })));
  expect(atOnce.filter(({ __typename }) => __typename === 'EventType')).toHaveLength(1);
  expect(await create({ name: 'pit_stop', game: 'h' })).toMatchObject({ __typename: 'EventType' });
});

test.for([
  [{ name: 'Lap Finished' }, /^input\.name: use up to 64 lower-case letters/],
  [{ name: 'a', schema: { type: 'array' } }, /^input\.schema: must be a JSON Schema of an object/],
  [{ name: 'a', schema: { type: 'object', properties: 5 } }, /^input\.schema: schema is invalid: data\/properties/],
  [{ name: 'a', schema: { type: 'object', colour: 1 } }, /^input\.schema: .*unknown keyword: "colour"/],
  [{ name: 'a', schema: { type: 'object', description: 'x'.repeat(9_000) } }, /^input\.schema: use 8192 bytes/],
  [{ name: 'a', game: 'nowhere' }, /^There is no game with the slug "nowhere"/],
] as const)('%j is refused with a reason', async ([input, message]) => {
  expect(await create(input)).toMatchObject({ message: expect.stringMatching(message) });
});
