import { costing, PAGE_SIZE } from '../cost.ts';
import type { Webhook, WebhookFailure } from '../../domain/webhooks/webhook.ts';
import { failedWebhooks, webhooks } from '../../resolvers/webhooks/webhooks.ts';
import { builder } from '../builder.ts';
import { gameRef } from '../leaderboards/game.ts';
import { formatId } from '../globalId.ts';

export const webhookEventTypeRef = builder.enumType('WebhookEventType', {
  description: 'What a webhook can be posted.',
  values: {
    TOURNAMENT_STARTED: { value: 'tournament.started', description: 'A tournament takes scores from now on.' },
    TOURNAMENT_ENDED: { value: 'tournament.ended', description: 'A tournament is over, by the clock or by hand.' },
    TOURNAMENT_SETTLED: { value: 'tournament.settled', description: 'Its standings are frozen and prizes awarded.' },
    PRIZE_CLAIMED: { value: 'prize.claimed', description: 'A player has claimed a prize.' },
  } as const,
});

export const webhookRef = builder.objectRef<Webhook>('Webhook').implement({
  description: 'Where webhook events of a game are posted. Seen by admins, and without its secret.',
  fields: (t) => ({
    id: t.id({ description: 'For `deleteWebhook`.', resolve: ({ id }) => formatId('Webhook', id) }),
    url: t.exposeString('url', { description: 'Where webhook events are posted.' }),
    events: t.expose('events', { type: [webhookEventTypeRef], description: 'What is posted to it.' }),
    createdAt: t.expose('createdAt', {
      type: 'DateTime',
      description: 'When it was created. What happened since is posted to it.',
    }),
  }),
});

export const webhookFailureRef = builder.objectRef<WebhookFailure>('WebhookFailure').implement({
  description: 'A webhook event that its webhook did not take, after all attempts.',
  fields: (t) => ({
    id: t.id({ description: 'For `retryWebhook`.', resolve: ({ id }) => formatId('WebhookFailure', id) }),
    eventId: t.exposeString('eventId', { description: 'The header `Laurel-Event-Id` of all its attempts.' }),
    type: t.expose('type', { type: webhookEventTypeRef, description: 'What happened.' }),
    url: t.exposeString('url', { description: 'Where it was posted.' }),
    reason: t.exposeString('reason', { description: 'What came of the last attempt, in a few words.' }),
    failedAt: t.expose('failedAt', { type: 'DateTime', description: 'When it was given up on.' }),
  }),
});

builder.objectField(gameRef, 'webhooks', (t) =>
  t.field({
    extensions: costing(10),
    type: [webhookRef],
    description: 'Where its webhook events are posted, the oldest first. For admins.',
    authScopes: { admin: true },
    resolve: ({ id }, _args, ctx) => webhooks({ gameId: id }, ctx),
  }),
);

builder.objectField(gameRef, 'failedWebhooks', (t) =>
  t.field({
    extensions: costing(10),
    type: [webhookFailureRef],
    description: 'What its webhooks did not take after all attempts, the latest first. For admins.',
    authScopes: { admin: true },
    args: { first: t.arg.int({ extensions: PAGE_SIZE, description: 'How many, 1 to 100. 20 when left out.' }) },
    resolve: ({ id }, { first }, ctx) => failedWebhooks({ gameId: id, first }, ctx),
  }),
);
