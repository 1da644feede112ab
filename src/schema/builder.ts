import SchemaBuilder from '@pothos/core';
import DataloaderPlugin from '@pothos/plugin-dataloader';
import ErrorsPlugin from '@pothos/plugin-errors';
import RelayPlugin from '@pothos/plugin-relay';
import ScopeAuthPlugin from '@pothos/plugin-scope-auth';
import type { Context } from '../context.ts';
import { RequestError, unauthenticated } from '../domain/errors.ts';
import { hasRole } from '../domain/players/viewer.ts';
import { decodeId } from './globalId.ts';
import type { SchemaTypes } from './types.ts';

export const builder = new SchemaBuilder<SchemaTypes>({
  plugins: [ErrorsPlugin, ScopeAuthPlugin, RelayPlugin, DataloaderPlugin],
  defaultFieldNullability: false,
  relay: {
    cursorType: 'String',
    nodesQueryOptions: false,
    nodeQueryOptions: {
      nullable: true,
      description: 'Any object by its id. Null when there is none, or when the viewer may not see it.',
      args: { id: { description: 'An `id` of any type.' } },
    },
    nodeTypeOptions: { description: 'An object that can be fetched again by its id.' },
    idFieldOptions: { description: 'Opaque and unique over all types. Hand it back as it is.' },
    decodeGlobalID: decodeId,
    pageInfoTypeOptions: { description: 'Where a page lies in its list (Relay).' },
    pageInfoFieldOptions: { description: 'Where this page lies in the list.' },
    hasNextPageFieldOptions: { description: 'Whether there is more after this page.' },
    hasPreviousPageFieldOptions: { description: 'Whether there is more before this page.' },
    startCursorFieldOptions: { description: 'The cursor of the first row, for `before`. Null when the page is empty.' },
    endCursorFieldOptions: { description: 'The cursor of the last row, for `after`. Null when the page is empty.' },
    cursorFieldOptions: { description: 'Where this row is in the list, for `after` and `before`.' },
    nodeFieldOptions: { nullable: false, description: 'The row itself.' },
    edgesFieldOptions: { nullable: false, description: 'The rows of this page.' },
  },
  scopeAuth: {
    authScopes: (ctx: Context) => ({
      player: ctx.viewer?.playerId != null,
      server: hasRole(ctx.viewer, 'server') || hasRole(ctx.viewer, 'admin'),
      admin: hasRole(ctx.viewer, 'admin'),
    }),
    unauthorizedError: (_parent, ctx) =>
      ctx.viewer
        ? new RequestError('FORBIDDEN', 'The bearer token does not have the role that this field needs.')
        : unauthenticated(),
  },
  errors: { directResult: true, defaultTypes: [] },
});

builder.queryType({ description: 'What can be read. Boards are public; what is somebody’s own needs their token.' });
builder.mutationType({ description: 'What changes something. Every mutation may be retried when in doubt.' });
builder.subscriptionType({ description: 'What is sent live, over Server-Sent Events.' });
