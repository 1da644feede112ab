import type { EventHour } from '../../domain/events/deadLetter.ts';
import { eventStats } from '../../resolvers/events/eventStats.ts';
import { builder } from '../builder.ts';
import { costing } from '../cost.ts';

const eventHourRef = builder.objectRef<EventHour>('EventHour').implement({
  description:
    'The events of one type that came in one hour. `received` is always `processed` + `pending` + `dead` + `duplicates`.',
  fields: (t) => ({
    hour: t.expose('hour', { type: 'DateTime', description: 'When the hour began.' }),
    type: t.exposeString('type', { description: 'The type of event.' }),
    received: t.expose('received', {
      type: 'SafeInt',
      description: 'How many were taken, those that were sent again as well.',
    }),
    processed: t.expose('processed', { type: 'SafeInt', description: 'How many all projections have applied.' }),
    pending: t.expose('pending', {
      type: 'SafeInt',
      description: 'How many some projection has not come to yet, or will try again.',
    }),
    dead: t.expose('dead', {
      type: 'SafeInt',
      description: 'How many some projection has given up, and none has still to apply.',
    }),
    duplicates: t.expose('duplicates', { type: 'SafeInt', description: 'How many had been stored before.' }),
  }),
});

builder.queryField('eventStats', (t) =>
  t.field({
    extensions: costing(200),
    type: [eventHourRef],
    description: 'What came by hour and type, the latest hour first, at one moment. For admins.',
    authScopes: { admin: true },
    args: {
      game: t.arg.string({ description: 'A game’s slug; all games when left out.' }),
      from: t.arg({
        type: 'DateTime',
        description: 'From the hour of this moment on; a day before `to` when left out.',
      }),
      to: t.arg({ type: 'DateTime', description: 'Up to this moment, at most seven days later; now when left out.' }),
    },
    resolve: (_root, { game, from, to }, ctx) =>
      eventStats({ game: game ?? null, from: from ?? null, to: to ?? null }, ctx),
  }),
);
