import { boxJson } from '../../domain/jsonValue.ts';
import type { ScoreRule } from '../../domain/leaderboards/scoreRule.ts';
import { scoreRules } from '../../resolvers/leaderboards/scoreRules.ts';
import { builder } from '../builder.ts';
import { costing } from '../cost.ts';
import { leaderboardRef } from './leaderboard.ts';

const scoreRuleRef = builder.objectRef<ScoreRule>('ScoreRule').implement({
  description: 'Which events bring a score to a board, and which of their numbers it is.',
  fields: (t) => ({
    eventType: t.exposeString('eventType', { description: 'The type of event, like `game_ended`.' }),
    filter: t.field({
      type: 'JSON',
      nullable: true,
      description:
        'What fields of the event have to be, like `{"game_mode": "endless"}`. Null: every event of the type.',
      resolve: ({ filter }) => boxJson(filter),
    }),
    value: t.exposeString('value', { description: 'The field with the score.' }),
  }),
});

builder.objectField(leaderboardRef, 'scoreRules', (t) =>
  t.loadableList({
    extensions: costing(5),
    type: scoreRuleRef,
    byPath: true,
    load: (boardIds: string[], ctx) => scoreRules(boardIds, ctx),
    loaderOptions: { cache: false },
    description: 'Which events bring it scores; the first rule that an event meets says which. Empty: none do.',
    resolve: ({ id }) => id,
  }),
);
