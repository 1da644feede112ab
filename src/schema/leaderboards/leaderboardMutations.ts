import { ConflictError, NotFoundError, ValidationError } from '../../domain/errors.ts';
import { createLeaderboard } from '../../resolvers/leaderboards/createLeaderboard.ts';
import { updateLeaderboard } from '../../resolvers/leaderboards/updateLeaderboard.ts';
import { builder } from '../builder.ts';
import { cadenceRef, scoreOperatorRef, sortOrderRef } from '../enums.ts';
import { scoreRuleInput } from './scoreRuleInput.ts';
import { leaderboardRef } from './leaderboard.ts';

const createLeaderboardInput = builder.inputType('CreateLeaderboardInput', {
  description: 'A new board. Sort order, operator and cadences cannot be changed later.',
  fields: (t) => ({
    game: t.string({ required: true, description: 'The game’s slug.' }),
    slug: t.string({
      required: true,
      description: 'Unique within the game, 1 to 64 lower-case letters, digits and single hyphens.',
    }),
    name: t.string({ required: true, description: 'For people, 1 to 100 characters on one line.' }),
    sortOrder: t.field({ type: sortOrderRef, defaultValue: 'DESCENDING', description: 'Which scores stand first.' }),
    operator: t.field({ type: scoreOperatorRef, defaultValue: 'BEST', description: 'What a new score does.' }),
    cadences: t.field({
      type: [cadenceRef],
      defaultValue: ['ALL_TIME'],
      description: 'One or more kinds of period; a score counts in all of them.',
    }),
    minScore: t.field({ type: 'SafeInt', description: 'The lowest score to accept; no limit when left out.' }),
    maxScore: t.field({ type: 'SafeInt', description: 'The highest score to accept; no limit when left out.' }),
    graceSeconds: t.int({
      defaultValue: 0,
      description:
        'How long after the end of a period to take plays that ended in it (`playedAt` of `submitScores`): 0 to 86 400.',
    }),
    scoreRules: t.field({
      type: [scoreRuleInput],
      description: 'Which events bring it scores, 20 rules at most; none when left out.',
    }),
  }),
});

const createLeaderboardResult = builder.errorUnion('CreateLeaderboardResult', {
  types: [leaderboardRef, NotFoundError, ConflictError, ValidationError],
  description: 'The new board, or why there is none.',
  resolveType: () => 'Leaderboard',
});

builder.mutationField('createLeaderboard', (t) =>
  t.field({
    type: createLeaderboardResult,
    description: 'Creates a board. For admins. A retry after success answers ConflictError.',
    authScopes: { admin: true },
    args: { input: t.arg({ type: createLeaderboardInput, required: true, description: 'The new board.' }) },
    resolve: (_root, { input }, ctx) =>
      createLeaderboard(
        {
          ...input,
          sortOrder: input.sortOrder ?? 'DESCENDING',
          operator: input.operator ?? 'BEST',
          cadences: input.cadences ?? ['ALL_TIME'],
        },
        ctx,
      ),
  }),
);

const updateLeaderboardInput = builder.inputType('UpdateLeaderboardInput', {
  description: 'What to change of a board. Fields that are left out stay as they are.',
  fields: (t) => ({
    game: t.string({ required: true, description: 'The game’s slug.' }),
    slug: t.string({ required: true, description: 'The board’s slug.' }),
    name: t.string({ description: 'For people, 1 to 100 characters on one line.' }),
    minScore: t.field({
      type: 'SafeInt',
      description: 'The lowest score to accept from now on; null lifts the limit.',
    }),
    maxScore: t.field({
      type: 'SafeInt',
      description: 'The highest score to accept from now on; null lifts the limit.',
    }),
    graceSeconds: t.int({
      description: 'How long after the end of a period to take plays that ended in it, from now on: 0 to 86 400.',
    }),
    scoreRules: t.field({
      type: [scoreRuleInput],
      description: 'Which events bring it scores from now on, in place of the rules that it has.',
    }),
  }),
});

const updateLeaderboardResult = builder.errorUnion('UpdateLeaderboardResult', {
  types: [leaderboardRef, NotFoundError, ValidationError],
  description: 'The board as it is now, or why it was not changed.',
  resolveType: () => 'Leaderboard',
});

builder.mutationField('updateLeaderboard', (t) =>
  t.field({
    type: updateLeaderboardResult,
    description:
      'Changes a board’s name, limits, grace or score rules. For admins. Scores that were accepted before stay.',
    authScopes: { admin: true },
    args: { input: t.arg({ type: updateLeaderboardInput, required: true, description: 'What to change.' }) },
    resolve: (_root, { input }, ctx) => updateLeaderboard(input, ctx),
  }),
);
