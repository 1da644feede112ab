import { EACH } from '../cost.ts';
import { ValidationError } from '../../domain/errors.ts';
import type { DeadLetter } from '../../domain/events/deadLetter.ts';
import { deadLetters, replayDeadLetters } from '../../resolvers/events/deadLetters.ts';
import { formatPageCursor } from '../../resolvers/pageCursor.ts';
import { builder } from '../builder.ts';
import { costing } from '../cost.ts';
import { formatId, idOf } from '../globalId.ts';
import { pageArguments, pageConnection } from '../pageConnection.ts';
import { eventProjectionRef, eventRef } from './event.ts';

const deadLetterRef = builder.objectRef<DeadLetter>('DeadLetter').implement({
  description: 'An event that a projection has given up after four attempts.',
  fields: (t) => ({
    id: t.id({ description: 'For `replayDeadLetters`.', resolve: ({ id }) => formatId('DeadLetter', id) }),
    projection: t.expose('projection', { type: eventProjectionRef, description: 'What it does not count in.' }),
    event: t.field({
      type: eventRef,
      description: 'The event, also when it is no longer in the log.',
      resolve: ({ event }) => event,
    }),
    reason: t.exposeString('reason', { description: 'What the last attempt said.' }),
    attempts: t.exposeInt('attempts', { description: 'How often it was tried.' }),
    failedAt: t.expose('deadAt', { type: 'DateTime', description: 'When it was given up.' }),
  }),
});

const deadLetterConnectionRef = builder.connectionObject(
  {
    type: deadLetterRef,
    name: 'DeadLetterConnection',
    description: 'One page of dead letters, the latest first.',
    edgesField: { description: 'The dead letters, each with its cursor.' },
  },
  { name: 'DeadLetterEdge', description: 'A dead letter and where it is in its list.' },
);

builder.queryField('deadLetters', (t) =>
  t.field({
    extensions: costing(10),
    type: deadLetterConnectionRef,
    description: 'What projections have given up, the latest first. For admins.',
    authScopes: { admin: true },
    args: {
      projection: t.arg({ type: eventProjectionRef, description: 'Of one projection; of all when left out.' }),
      ...pageArguments('dead letters'),
    },
    resolve: async (_root, { projection, ...page }, ctx) =>
      pageConnection(await deadLetters({ ...page, projection: projection ?? null }, ctx), ({ deadAt, id }) =>
        formatPageCursor({ at: deadAt, id }),
      ),
  }),
);

const replayedDeadLettersRef = builder.objectRef<{ count: number }>('ReplayedDeadLetters').implement({
  description: 'Dead letters that are tried again.',
  fields: (t) => ({ count: t.exposeInt('count', { description: 'How many. What fails again comes back.' }) }),
});

const replayDeadLettersResult = builder.errorUnion('ReplayDeadLettersResult', {
  types: [replayedDeadLettersRef, ValidationError],
  description: 'How many are tried again. ValidationError for more ids than are taken at once.',
  resolveType: () => 'ReplayedDeadLetters',
});

builder.mutationField('replayDeadLetters', (t) =>
  t.field({
    type: replayDeadLettersResult,
    description:
      'Has dead letters tried again, up to 1 000 at once; each counts once, however often it is replayed. For admins.',
    authScopes: { admin: true },
    args: {
      ids: t.arg.idList({
        extensions: EACH,
        description: 'Which; the oldest when left out. Ids of none are passed over.',
      }),
      projection: t.arg({ type: eventProjectionRef, description: 'Of one projection; of all when left out.' }),
    },
    resolve: (_root, { ids, projection }, ctx) =>
      replayDeadLetters({ ids: ids?.map((id) => idOf('DeadLetter', id)) ?? null, projection: projection ?? null }, ctx),
  }),
);
