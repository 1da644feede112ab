import type { Leaderboard } from '../../domain/leaderboards/leaderboard.ts';
import { loadLeaderboardsById } from '../../resolvers/loadNodes.ts';
import { builder } from '../builder.ts';
import { cadenceRef, scoreOperatorRef, sortOrderRef } from '../enums.ts';
import { gameRef } from './game.ts';

export const leaderboardRef = builder.loadableNodeRef('Leaderboard', {
  id: { resolve: (board: Leaderboard) => board.id },
  load: loadLeaderboardsById,
});

leaderboardRef.implement({
  description: 'A leaderboard: its rule, and its standings in each of its periods.',
  fields: (t) => ({
    game: t.field({ type: gameRef, description: 'The game it belongs to.', resolve: ({ gameId }) => gameId }),
    slug: t.exposeString('slug', { description: 'Names the board within its game. Never changes.' }),
    name: t.exposeString('name', { description: 'For people.' }),
    sortOrder: t.expose('sortOrder', { type: sortOrderRef, description: 'Which scores stand first.' }),
    operator: t.expose('operator', { type: scoreOperatorRef, description: 'What a new score does to an entry.' }),
    cadences: t.expose('cadences', {
      type: [cadenceRef],
      description: 'The kinds of period that it has standings in.',
    }),
    minScore: t.expose('minScore', {
      type: 'SafeInt',
      nullable: true,
      description: 'The lowest score that is accepted. Null: no limit.',
    }),
    maxScore: t.expose('maxScore', {
      type: 'SafeInt',
      nullable: true,
      description: 'The highest score that is accepted. Null: no limit.',
    }),
    graceSeconds: t.exposeInt('graceS', {
      description:
        'How long after the end of a period `submitScores` still takes plays that ended in it (`playedAt`). 0: not at all.',
    }),
  }),
});
