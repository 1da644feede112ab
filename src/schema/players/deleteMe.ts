import { NotFoundError } from '../../domain/errors.ts';
import { deleteMe, type PlayerDeleted } from '../../resolvers/players/deleteMe.ts';
import { builder } from '../builder.ts';

const playerDeletedRef = builder.objectRef<PlayerDeleted>('PlayerDeleted').implement({
  description: 'A deleted player.',
  fields: (t) => ({
    deletedAt: t.expose('deletedAt', { type: 'DateTime', description: 'When it was done. A retry is told the same.' }),
  }),
});

const deletePlayerResult = builder.errorUnion('DeletePlayerResult', {
  types: [playerDeletedRef, NotFoundError],
  description: 'When the player was deleted. NotFoundError when the token is for a player who never was.',
  resolveType: () => 'PlayerDeleted',
});

builder.mutationField('deleteMe', (t) =>
  t.field({
    type: deletePlayerResult,
    description:
      'Deletes the viewer for good: scores, standings, statistics, sessions, name, country and device. All the ' +
      'viewer’s tokens are void at once on this server and within five seconds on all, and their streams are ' +
      'completed; who watches the boards sees the player leave. A retry is told the same or finds its token refused. ' +
      'The same device signs in as a new player.',
    authScopes: { player: true },
    resolve: (_root, _args, ctx) => deleteMe(ctx),
  }),
);
