import { ValidationError } from '../../domain/errors.ts';
import { type EventReceipt, ingestEvents } from '../../resolvers/events/ingestEvents.ts';
import { builder } from '../builder.ts';
import { EACH, SIZED_ABOVE } from '../cost.ts';
import { countedAs } from '../counting.ts';
import { formatId, idOf } from '../globalId.ts';

const eventVerdictRef = builder.enumType('EventVerdict', {
  description: 'What became of an event that was sent.',
  values: {
    ACCEPTED: { description: 'It is stored, and will count.' },
    DUPLICATE: { description: 'It was stored before, and counts once. What a retry is told.' },
    REJECTED: {
      description: 'It is not stored: `path` and `reason` say why. Sent again as it is, it is refused again.',
    },
  } as const,
});

const eventReceiptRef = builder.objectRef<EventReceipt>('EventReceipt').implement({
  description: 'What became of one event.',
  fields: (t) => ({
    verdict: t.expose('verdict', { type: eventVerdictRef, description: 'Whether it was taken.' }),
    id: t.id({
      nullable: true,
      description: 'The id of the event, the same whenever it is sent. Null when it was rejected.',
      resolve: (receipt) => ('id' in receipt ? formatId('Event', receipt.id) : null),
    }),
    path: t.string({
      nullable: true,
      description:
        'The field within the event that is wrong, like `data.score`; empty for the event as a whole. Null when it was taken.',
      resolve: (receipt) => ('path' in receipt ? receipt.path : null),
    }),
    reason: t.string({
      nullable: true,
      description: 'What is wrong with it and what would be right. Null when it was taken.',
      resolve: (receipt) => ('reason' in receipt ? receipt.reason : null),
    }),
  }),
});

const ingestedEventsRef = builder.objectRef<{ receipts: EventReceipt[] }>('IngestedEvents').implement({
  description: 'What became of the events of a request. Those that were taken are durable, and are counted soon after.',
  fields: (t) => ({
    receipts: t.field({
      type: [eventReceiptRef],
      extensions: SIZED_ABOVE,
      description: 'One for each event, in their order.',
      resolve: ({ receipts }) => receipts,
    }),
  }),
});

const ingestEventsResult = builder.errorUnion('IngestEventsResult', {
  types: [ingestedEventsRef, ValidationError],
  description: 'A receipt for each event. ValidationError when there are more than 100: then none is stored.',
  resolveType: () => 'IngestedEvents',
});

builder.mutationField('ingestEvents', (t) =>
  t.field({
    type: ingestEventsResult,
    extensions: countedAs({ player: 'events', server: 'serverEvents' }),
    description:
      'Up to 100 events; a verdict for each, in order. Acknowledged once stored, processed afterwards. Retry a request ' +
      'until it is answered: what was stored before is told to be a duplicate, also without an `event_id`.',
    authScopes: { $any: { player: true, server: true } },
    args: {
      events: t.arg({
        type: ['JSON'],
        extensions: EACH,
        required: true,
        description:
          'Each an object with `event_type`, `timestamp` (ISO 8601; without an offset it is in UTC) and the fields of its ' +
          'type, in the object itself beside `user_id`, `app_version` and `platform`, or in `data` beside `player_id` and ' +
          '`game_id`. May have `event_id`, `session_id` and `locale`. A player’s are the player’s own; a game server says ' +
          'whose, by player id or device id, and a device that is not known becomes a player. Without `game_id` (a slug) ' +
          'it belongs to the default game. 8 KB of payload and 32 levels at most; fields that the type does not know are kept.',
      }),
    },
    resolve: async (_root, { events }, ctx) => ({
      receipts: await ingestEvents(
        { events, ids: { playerOf: (text) => idOf('Player', text), gameOf: (text) => idOf('Game', text) } },
        ctx,
      ),
    }),
  }),
);
