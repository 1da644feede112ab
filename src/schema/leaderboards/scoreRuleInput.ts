import { builder } from '../builder.ts';

export const scoreRuleInput = builder.inputType('ScoreRuleInput', {
  description: 'Which events bring a score to a board, and which of their numbers it is.',
  fields: (t) => ({
    eventType: t.string({ required: true, description: 'The type of event, like `game_ended`.' }),
    filter: t.field({
      type: 'JSON',
      description: 'An object of what fields of the event have to be, like `{"game_mode": "endless"}`; 1 KiB at most.',
    }),
    value: t.string({
      required: true,
      description: 'The field with the score, a whole number. An event in which it is none brings nothing.',
    }),
  }),
});
