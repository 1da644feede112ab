import { ConflictError, NotFoundError, ValidationError } from '../../domain/errors.ts';
import type { OwnEventType } from '../../domain/events/ownEventType.ts';
import { boxJson } from '../../domain/jsonValue.ts';
import { createEventType, eventTypes } from '../../resolvers/events/createEventType.ts';
import { builder } from '../builder.ts';
import { costing } from '../cost.ts';
import { gameRef } from '../leaderboards/game.ts';

const eventTypeRef = builder.objectRef<OwnEventType>('EventType').implement({
  description: 'A type of event that a game has declared for itself. Never changes.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'What `event_type` says.' }),
    aliases: t.exposeStringList('aliases', { description: 'What else it may say.' }),
    schema: t.field({
      type: 'JSON',
      nullable: true,
      description: 'JSON Schema (2020-12) of its fields. Never null.',
      resolve: ({ schema }) => boxJson(schema),
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was declared.' }),
  }),
});

builder.objectField(gameRef, 'eventTypes', (t) =>
  t.loadableList({
    extensions: costing(10),
    type: eventTypeRef,
    byPath: true,
    load: (gameIds: string[], ctx) => eventTypes(gameIds, ctx),
    loaderOptions: { cache: false },
    description: 'The types of events that it has declared beside those that Laurel knows, by name.',
    resolve: ({ id }) => id,
  }),
);

const createEventTypeInput = builder.inputType('CreateEventTypeInput', {
  description: 'A type of event of one game.',
  fields: (t) => ({
    game: t.string({ required: true, description: 'The game’s slug.' }),
    name: t.string({
      required: true,
      description: 'What `event_type` says: up to 64 lower-case letters, digits and underscores, like `lap_finished`.',
    }),
    aliases: t.stringList({ description: 'What else it may say, 20 at most: names that older releases send.' }),
    schema: t.field({
      type: 'JSON',
      required: true,
      description:
        'JSON Schema (2020-12) of an object: the fields beside those that every event has. 8 KiB at most. Fields that it does ' +
        'not name are kept, unless it forbids them.',
    }),
  }),
});

const createEventTypeResult = builder.errorUnion('CreateEventTypeResult', {
  types: [eventTypeRef, NotFoundError, ConflictError, ValidationError],
  description: 'The new type, or why there is none.',
  resolveType: () => 'EventType',
});

builder.mutationField('createEventType', (t) =>
  t.field({
    type: createEventTypeResult,
    description:
      'Declares a type of event, so that a game’s own events are checked and taken. For admins. A retry after success answers ' +
      'ConflictError.',
    authScopes: { admin: true },
    args: { input: t.arg({ type: createEventTypeInput, required: true, description: 'The new type.' }) },
    resolve: (_root, { input }, ctx) => createEventType(input, ctx),
  }),
);
