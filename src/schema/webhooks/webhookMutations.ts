import { ConflictError, NotFoundError, ValidationError } from '../../domain/errors.ts';
import { type CreatedWebhook, createWebhook } from '../../resolvers/webhooks/createWebhook.ts';
import { deleteWebhook } from '../../resolvers/webhooks/deleteWebhook.ts';
import { retryWebhook } from '../../resolvers/webhooks/retryWebhook.ts';
import { builder } from '../builder.ts';
import { formatId, idOf } from '../globalId.ts';
import { webhookEventTypeRef, webhookFailureRef, webhookRef } from './webhook.ts';

const createWebhookInput = builder.inputType('CreateWebhookInput', {
  description: 'A new webhook.',
  fields: (t) => ({
    game: t.string({ required: true, description: 'The game’s slug.' }),
    url: t.string({
      required: true,
      description:
        'Where webhook events are posted, unique within the game. HTTPS, without credentials, and on the public internet, unless ' +
        'the server allows others.',
    }),
    events: t.field({
      type: [webhookEventTypeRef],
      required: true,
      description: 'One or more kinds of webhook events to be posted.',
    }),
  }),
});

const createdWebhookRef = builder.objectRef<CreatedWebhook>('CreatedWebhook').implement({
  description: 'A new webhook and its secret.',
  fields: (t) => ({
    webhook: t.field({ type: webhookRef, description: 'The webhook.', resolve: ({ webhook }) => webhook }),
    secret: t.exposeString('secret', {
      description:
        'Shown this once. Each request carries `Laurel-Signature: t=<unix seconds>,v1=<hex>`, where hex is the HMAC-SHA-256 of ' +
        '`t.body` with this secret, all of it, as the key.',
    }),
  }),
});

const createWebhookResult = builder.errorUnion('CreateWebhookResult', {
  types: [createdWebhookRef, NotFoundError, ConflictError, ValidationError],
  description: 'The new webhook, or why there is none.',
  resolveType: () => 'CreatedWebhook',
});

builder.mutationField('createWebhook', (t) =>
  t.field({
    type: createWebhookResult,
    description:
      'Has webhook events of a game posted to a URL, each at least once, and again with growing pauses until any status from 200 ' +
      'to 299 comes within 5 s. For admins. A retry after success answers ConflictError: delete the webhook when its ' +
      'secret was lost.',
    authScopes: { admin: true },
    args: { input: t.arg({ type: createWebhookInput, required: true, description: 'The new webhook.' }) },
    resolve: (_root, { input }, ctx) => createWebhook(input, ctx),
  }),
);

const deletedWebhookRef = builder.objectRef<{ webhookId: string }>('DeletedWebhook').implement({
  description: 'A deleted webhook.',
  fields: (t) => ({
    id: t.id({ description: 'The id that it had.', resolve: ({ webhookId }) => formatId('Webhook', webhookId) }),
  }),
});

const deleteWebhookResult = builder.errorUnion('DeleteWebhookResult', {
  types: [deletedWebhookRef, NotFoundError],
  description: 'The deleted webhook, or why nothing was deleted.',
  resolveType: () => 'DeletedWebhook',
});

builder.mutationField('deleteWebhook', (t) =>
  t.field({
    type: deleteWebhookResult,
    description:
      'Deletes a webhook: nothing more is posted to it. For admins. A retry after success answers NotFoundError.',
    authScopes: { admin: true },
    args: { webhook: t.arg.id({ required: true, description: 'The webhook’s id.' }) },
    resolve: (_root, { webhook }, ctx) => deleteWebhook({ webhookId: idOf('Webhook', webhook) }, ctx),
  }),
);

const retryWebhookResult = builder.errorUnion('RetryWebhookResult', {
  types: [webhookFailureRef, NotFoundError],
  description: 'The failure that is tried again, or why none is.',
  resolveType: () => 'WebhookFailure',
});

builder.mutationField('retryWebhook', (t) =>
  t.field({
    type: retryWebhookResult,
    description:
      'Has a webhook event that was given up on posted again, with all attempts. For admins. May be retried.',
    authScopes: { admin: true },
    args: { id: t.arg.id({ required: true, description: 'The id of a WebhookFailure.' }) },
    resolve: (_root, { id }, ctx) => retryWebhook({ failureId: idOf('WebhookFailure', id) }, ctx),
  }),
);
