import { costing } from '../cost.ts';
import { loadTournamentsById } from '../../resolvers/loadNodes.ts';
import { formatPageCursor } from '../../resolvers/pageCursor.ts';
import { tournaments } from '../../resolvers/tournaments/tournaments.ts';
import type { Tournament } from '../../domain/tournaments/tournament.ts';
import { builder } from '../builder.ts';
import { tournamentStateRef } from '../enums.ts';
import { idOf } from '../globalId.ts';
import { listConnection, pageArguments, pageConnection } from '../pageConnection.ts';
import { tournamentRef } from './tournament.ts';

export const tournamentConnectionRef = listConnection(tournamentRef, {
  name: 'Tournament',
  page: 'tournaments, the latest start first',
  edges: 'The tournaments, each with its cursor.',
  row: 'A tournament',
});

builder.queryField('tournament', (t) =>
  t.field({
    type: tournamentRef,
    nullable: true,
    description: 'A tournament by id. Null when there is none.',
    args: { id: t.arg.id({ required: true, description: 'The tournament’s `id`.' }) },
    resolve: async (_root, { id }, ctx) => {
      const tournamentId = idOf('Tournament', id);
      return tournamentId === null ? null : ((await loadTournamentsById([tournamentId], ctx))[0] ?? null);
    },
  }),
);

builder.queryField('tournaments', (t) =>
  t.field({
    extensions: costing(10),
    type: tournamentConnectionRef,
    description: 'The tournaments of a game, the latest start first. Empty for a game that does not exist.',
    args: {
      game: t.arg.string({ required: true, description: 'The game’s slug.' }),
      states: t.arg({ type: [tournamentStateRef], description: 'Only these; all when left out.' }),
      ...pageArguments('tournaments'),
    },
    resolve: async (_root, { game, ...args }, ctx) =>
      pageConnection(await tournaments({ ...args, of: { game } }, ctx), cursorOfTournament),
  }),
);

export const cursorOfTournament = ({ startsAt, id }: Tournament) => formatPageCursor({ at: startsAt, id });
