import { ConflictError, ValidationError } from '../../domain/errors.ts';
import { createGame } from '../../resolvers/leaderboards/createGame.ts';
import { games } from '../../resolvers/leaderboards/games.ts';
import { loadGamesById } from '../../resolvers/loadNodes.ts';
import { builder } from '../builder.ts';
import { describeName } from '../describeName.ts';

export const gameRef = builder.loadableNodeRef('Game', { id: { resolve: (game) => game.id }, load: loadGamesById });

gameRef.implement({
  description: 'A game: its boards, players’ statistics and tournaments are kept apart from other games’.',
  fields: (t) => ({
    slug: t.exposeString('slug', { description: 'Names the game in queries and URLs. Never changes.' }),
    name: t.exposeString('name', { description: 'For people.' }),
  }),
});

builder.queryField('games', (t) =>
  t.field({
    type: [gameRef],
    description: 'All games, ordered by slug.',
    resolve: (_root, _args, ctx) => games(ctx),
  }),
);

const createGameInput = builder.inputType('CreateGameInput', {
  description: 'A new game.',
  fields: (t) => ({
    slug: t.string({
      required: true,
      description: 'Unique, 1 to 64 lower-case letters, digits and single hyphens, like `sky-race`.',
    }),
    name: t.string({ required: true, description: `For people: ${describeName(100)}` }),
  }),
});

const createGameResult = builder.errorUnion('CreateGameResult', {
  types: [gameRef, ConflictError, ValidationError],
  description: 'The new game, or why there is none.',
  resolveType: () => 'Game',
});

builder.mutationField('createGame', (t) =>
  t.field({
    type: createGameResult,
    description: 'Creates a game. For admins. A retry after success answers ConflictError.',
    authScopes: { admin: true },
    args: { input: t.arg({ type: createGameInput, required: true, description: 'The new game.' }) },
    resolve: (_root, { input }, ctx) => createGame(input, ctx),
  }),
);
