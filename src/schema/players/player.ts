import { me } from '../../resolvers/players/me.ts';
import { loadPlayersById } from '../../resolvers/loadNodes.ts';
import { builder } from '../builder.ts';
import { idOf } from '../globalId.ts';

export const playerRef = builder.loadableNodeRef('Player', {
  id: { resolve: (player) => player.id },
  load: loadPlayersById,
});

playerRef.implement({
  description: 'Somebody who plays. What is shown here is public.',
  fields: (t) => ({
    nickname: t.exposeString('nickname', { description: 'The name to show, 1 to 32 characters. Not unique.' }),
    country: t.exposeString('country', {
      nullable: true,
      description: 'ISO 3166-1 alpha-2, null when not known. Nothing writes it yet: null for everybody until then.',
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When the player first signed in.' }),
  }),
});

builder.queryField('me', (t) =>
  t.field({
    type: playerRef,
    nullable: true,
    description: 'The player whose token the request carries. Null without a token, and for servers and admins.',
    resolve: (_root, _args, ctx) => me(ctx),
  }),
);

builder.queryField('player', (t) =>
  t.field({
    type: playerRef,
    nullable: true,
    description: 'A player by id. Null when there is none.',
    args: { id: t.arg.id({ required: true, description: 'The player’s `id`.' }) },
    resolve: async (_root, { id }, ctx) => {
      const playerId = idOf('Player', id);
      return playerId === null ? null : ((await loadPlayersById([playerId], ctx))[0] ?? null);
    },
  }),
);
