import { ConflictError, NotFoundError, ValidationError } from '../../domain/errors.ts';
import { TournamentStateError } from '../../domain/tournaments/tournamentErrors.ts';
import { cancelTournament } from '../../resolvers/tournaments/cancelTournament.ts';
import { createTournament } from '../../resolvers/tournaments/createTournament.ts';
import { endTournament } from '../../resolvers/tournaments/endTournament.ts';
import { updateTournament } from '../../resolvers/tournaments/updateTournament.ts';
import { builder } from '../builder.ts';
import { idOf } from '../globalId.ts';
import { tournamentRef } from './tournament.ts';
import { createTournamentInput, updateTournamentInput } from './tournamentInputs.ts';

const createTournamentResult = builder.errorUnion('CreateTournamentResult', {
  types: [tournamentRef, NotFoundError, ConflictError, ValidationError],
  description: 'The new tournament, or why there is none.',
  resolveType: () => 'Tournament',
});

builder.mutationField('createTournament', (t) =>
  t.field({
    type: createTournamentResult,
    description:
      'Creates a tournament. For admins. A retry after success answers ConflictError: board, name and start are unique ' +
      'together, but for tournaments that were cancelled.',
    authScopes: { admin: true },
    args: { input: t.arg({ type: createTournamentInput, required: true, description: 'The new tournament.' }) },
    resolve: (_root, { input }, ctx) => createTournament(input, ctx),
  }),
);

const updateTournamentResult = builder.errorUnion('UpdateTournamentResult', {
  types: [tournamentRef, NotFoundError, ConflictError, ValidationError, TournamentStateError],
  description: 'The tournament as it is now, or why it was not changed.',
  resolveType: () => 'Tournament',
});

builder.mutationField('updateTournament', (t) =>
  t.field({
    type: updateTournamentResult,
    description: 'Changes what may still change of a tournament. For admins.',
    authScopes: { admin: true },
    args: { input: t.arg({ type: updateTournamentInput, required: true, description: 'What to change.' }) },
    resolve: (_root, { input: { tournament, ...input } }, ctx) =>
      updateTournament({ ...input, tournamentId: idOf('Tournament', tournament) }, ctx),
  }),
);

const endTournamentResult = builder.errorUnion('EndTournamentResult', {
  types: [tournamentRef, NotFoundError, TournamentStateError],
  description: 'The tournament, which is over, or why it cannot be ended.',
  resolveType: () => 'Tournament',
});

builder.mutationField('endTournament', (t) =>
  t.field({
    type: endTournamentResult,
    description:
      'Ends an open tournament now; it is settled after its grace period. For admins. One that is over stays so.',
    authScopes: { admin: true },
    args: { tournament: t.arg.id({ required: true, description: 'The tournament’s id.' }) },
    resolve: (_root, { tournament }, ctx) => endTournament({ tournamentId: idOf('Tournament', tournament) }, ctx),
  }),
);

const cancelTournamentResult = builder.errorUnion('CancelTournamentResult', {
  types: [tournamentRef, NotFoundError, TournamentStateError],
  description: 'The tournament, which is called off, or why it cannot be.',
  resolveType: () => 'Tournament',
});

builder.mutationField('cancelTournament', (t) =>
  t.field({
    type: cancelTournamentResult,
    description: 'Calls a tournament off, until it is settled: nobody is awarded anything. For admins.',
    authScopes: { admin: true },
    args: { tournament: t.arg.id({ required: true, description: 'The tournament’s id.' }) },
    resolve: (_root, { tournament }, ctx) => cancelTournament({ tournamentId: idOf('Tournament', tournament) }, ctx),
  }),
);
