import { NotFoundError } from '../../domain/errors.ts';
import { TournamentClosedError, TournamentFullError } from '../../domain/tournaments/tournamentErrors.ts';
import { joinTournament } from '../../resolvers/tournaments/joinTournament.ts';
import { builder } from '../builder.ts';
import { idOf } from '../globalId.ts';
import { tournamentEntryRef } from './tournamentStandings.ts';

const joinTournamentResult = builder.errorUnion('JoinTournamentResult', {
  types: [tournamentEntryRef, TournamentFullError, TournamentClosedError, NotFoundError],
  description: 'The viewer’s entry, or why there is none.',
  resolveType: () => 'TournamentEntry',
});

builder.mutationField('joinTournament', (t) =>
  t.field({
    type: joinTournamentResult,
    description:
      'Enters the viewer, before the start or while it is open, within the registration window. A retry ' +
      'answers with the same entry.',
    authScopes: { player: true },
    args: { tournament: t.arg.id({ required: true, description: 'The tournament’s id.' }) },
    resolve: (_root, { tournament }, ctx) => joinTournament({ tournamentId: idOf('Tournament', tournament) }, ctx),
  }),
);
