import type { PlacedEvent } from '../../db/events/findEvents.ts';
import type { EventProgress } from '../../domain/events/deadLetter.ts';
import type { LoggedEvent } from '../../domain/events/event.ts';
import { boxJson } from '../../domain/jsonValue.ts';
import { event, eventProgress, playerEvents } from '../../resolvers/events/events.ts';
import { formatPositionCursor } from '../../resolvers/pageCursor.ts';
import { builder } from '../builder.ts';
import { costing } from '../cost.ts';
import { idOf } from '../globalId.ts';
import { gameRef } from '../leaderboards/game.ts';
import { pageArguments, pageConnection } from '../pageConnection.ts';
import { playerRef } from '../players/player.ts';

export const eventProjectionRef = builder.enumType('EventProjection', {
  description: 'What is made of events.',
  values: {
    STATISTICS: { value: 'statistics', description: 'Players’ counts, and those of each hour.' },
    LEADERBOARDS: {
      value: 'leaderboards',
      description: 'Scores by the `scoreRules` of boards, and attempts in tournaments.',
    },
  } as const,
});

const eventStateRef = builder.enumType('EventState', {
  description: 'How far a projection has come with an event.',
  values: {
    PENDING: { description: 'It has not come to it yet.' },
    APPLIED: { description: 'It counts, or has nothing to do with this projection.' },
    RETRYING: { description: 'It failed, or waits behind one of its player that did, and will be tried again.' },
    DEAD: { description: 'It was given up: see `deadLetters`.' },
  } as const,
});

const eventProgressRef = builder.objectRef<EventProgress>('EventProgress').implement({
  description: 'How far one projection has come with an event.',
  fields: (t) => ({
    projection: t.expose('projection', { type: eventProjectionRef, description: 'Which.' }),
    state: t.expose('state', { type: eventStateRef, description: 'How far.' }),
    attempts: t.exposeInt('attempts', { description: 'How often it has failed.' }),
    reason: t.exposeString('reason', { nullable: true, description: 'What the last failure said. Null without one.' }),
  }),
});

export const eventRef = builder.objectRef<LoggedEvent>('Event');

builder.node(eventRef, {
  description: 'What a game has told of, as it is in the log. Seen by its player, by game servers and by admins.',
  id: { resolve: ({ id }) => id },
  loadOne: (id, ctx) => event({ id }, ctx),
  fields: (t) => ({
    type: t.exposeString('type', { description: 'The present name of its type, like `game_ended`.' }),
    version: t.exposeInt('version', { description: 'The version of the type’s fields.' }),
    game: t.field({ type: gameRef, description: 'The game that it belongs to.', resolve: ({ gameId }) => gameId }),
    player: t.field({
      type: playerRef,
      nullable: true,
      description: 'Whose event it is. Null when the player was deleted.',
      resolve: ({ playerId }) => playerId,
    }),
    occurredAt: t.expose('occurredAt', { type: 'DateTime', description: 'When it happened, by the sender’s clock.' }),
    timestamp: t.exposeString('timestampText', {
      description: 'The moment as it was sent. Without an offset it is in UTC.',
    }),
    receivedAt: t.expose('receivedAt', {
      type: 'DateTime',
      description: 'When it was stored, by the database’s clock.',
    }),
    isSkewed: t.exposeBoolean('isSkewed', {
      description: 'Whether these two are more than 24 hours apart: a wrong clock, or a device that was offline.',
    }),
    eventId: t.exposeString('clientId', {
      nullable: true,
      description: 'The id that the sender gave it, null for none.',
    }),
    appVersion: t.exposeString('appVersion', { nullable: true, description: 'Which release sent it. Null: not said.' }),
    platform: t.exposeString('platform', { nullable: true, description: '`ios` or `android`. Null: not said.' }),
    sessionId: t.exposeString('sessionId', { nullable: true, description: 'Of which session. Null: not said.' }),
    locale: t.exposeString('locale', { nullable: true, description: 'The device’s. Null: not said.' }),
    payload: t.field({
      type: 'JSON',
      nullable: true,
      description: 'The fields of its type under their present names, and what else was sent. Never null.',
      resolve: ({ payload }) => boxJson(payload),
    }),
  }),
});

builder.objectField(eventRef, 'progress', (t) =>
  t.loadableList({
    extensions: costing(5),
    type: eventProgressRef,
    byPath: true,
    load: (ids: string[], ctx) => eventProgress(ids, ctx),
    loaderOptions: { cache: false },
    description: 'How far each projection has come with it. Empty when the event is no longer in the log.',
    resolve: ({ id }) => id,
  }),
);

builder.queryField('event', (t) =>
  t.field({
    type: eventRef,
    nullable: true,
    description: 'An event by id. Null when there is none that the viewer may see.',
    args: { id: t.arg.id({ required: true, description: 'The `id` that its receipt has.' }) },
    resolve: (_root, { id }, ctx) => event({ id: idOf('Event', id) }, ctx),
  }),
);

const eventConnectionRef = builder.connectionObject(
  {
    type: eventRef,
    name: 'EventConnection',
    description: 'One page of a player’s events, the latest first.',
    edgesField: { description: 'The events, each with its cursor.' },
  },
  { name: 'EventEdge', description: 'An event and where it is in its list.' },
);

builder.objectField(playerRef, 'events', (t) =>
  t.field({
    extensions: costing(10),
    type: eventConnectionRef,
    description: 'The player’s events, those that came last first. For admins.',
    authScopes: { admin: true },
    args: { ...pageArguments('events') },
    resolve: async (player, args, ctx) =>
      pageConnection<PlacedEvent>(await playerEvents({ ...args, playerId: player.id }, ctx), ({ position }) =>
        formatPositionCursor(position),
      ),
  }),
);
