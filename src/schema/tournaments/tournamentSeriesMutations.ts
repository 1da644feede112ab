import { ConflictError, NotFoundError, ValidationError } from '../../domain/errors.ts';
import { createTournamentSeries } from '../../resolvers/tournaments/createTournamentSeries.ts';
import { endTournamentSeries } from '../../resolvers/tournaments/endTournamentSeries.ts';
import { builder } from '../builder.ts';
import { idOf } from '../globalId.ts';
import { ruleFields } from './tournamentInputs.ts';
import { tournamentSeriesRef } from './tournamentSeries.ts';
import { describeName } from '../describeName.ts';

const createTournamentSeriesInput = builder.inputType('CreateTournamentSeriesInput', {
  description: 'A new series, and the rules that each of its tournaments gets. Prizes as in CreateTournamentInput.',
  fields: (t) => ({
    game: t.string({ required: true, description: 'The game’s slug.' }),
    leaderboard: t.string({ required: true, description: 'The slug of the board that its tournaments follow.' }),
    name: t.string({ required: true, description: `For people: ${describeName(80)}` }),
    cron: t.string({
      required: true,
      description:
        'When tournaments start: a cron expression of five fields, like `0 0 * * 1` for Mondays at midnight.',
    }),
    timeZone: t.string({
      defaultValue: 'UTC',
      description:
        'The IANA time zone that `cron` is read in. Where the clocks skip a start in spring, an expression of one time a ' +
        'day starts right after the gap and one of several leaves that start out. Where they repeat it in autumn, the ' +
        'former starts the first time only and the latter both times; the names then end in the offset from UTC.',
    }),
    durationSeconds: t.int({
      required: true,
      description:
        'How long each takes scores, a year at most: elapsed time, whatever the clocks do. They may overlap.',
    }),
    registrationOpensBeforeSeconds: t.int({
      description:
        'How long before its start a tournament exists and registration opens, a week at most. When left out: when the ' +
        'tournament before it starts.',
    }),
    registrationClosesAfterSeconds: t.int({
      description: 'How long after the start joining ends; with the tournament when left out.',
    }),
    ...ruleFields(t),
  }),
});

const createTournamentSeriesResult = builder.errorUnion('CreateTournamentSeriesResult', {
  types: [tournamentSeriesRef, NotFoundError, ConflictError, ValidationError],
  description: 'The new series, or why there is none.',
  resolveType: () => 'TournamentSeries',
});

builder.mutationField('createTournamentSeries', (t) =>
  t.field({
    type: createTournamentSeriesResult,
    description:
      'Creates a series with its first tournaments: the one whose window is open now, if there is one, and the next. For ' +
      'admins. A retry after success answers ConflictError: board and name are unique among series that go on.',
    authScopes: { admin: true },
    args: { input: t.arg({ type: createTournamentSeriesInput, required: true, description: 'The new series.' }) },
    resolve: (_root, { input }, ctx) => createTournamentSeries(input, ctx),
  }),
);

const endTournamentSeriesResult = builder.errorUnion('EndTournamentSeriesResult', {
  types: [tournamentSeriesRef, NotFoundError],
  description: 'The series, which has ended, or why it cannot be ended.',
  resolveType: () => 'TournamentSeries',
});

builder.mutationField('endTournamentSeries', (t) =>
  t.field({
    type: endTournamentSeriesResult,
    description:
      'Ends a series: no further tournaments. Those that exist go on, also the next one: cancel it where it should not. ' +
      'For admins. May be retried.',
    authScopes: { admin: true },
    args: { series: t.arg.id({ required: true, description: 'The series’ id.' }) },
    resolve: (_root, { series }, ctx) => endTournamentSeries({ seriesId: idOf('TournamentSeries', series) }, ctx),
  }),
);
