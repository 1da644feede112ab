import { costing } from '../cost.ts';
import type { TournamentResult } from '../../domain/tournaments/tournamentResult.ts';
import { formatPageCursor } from '../../resolvers/pageCursor.ts';
import { tournamentHistory } from '../../resolvers/tournaments/tournamentHistory.ts';
import { builder } from '../builder.ts';
import { listConnection, pageArguments, pageConnection } from '../pageConnection.ts';
import { playerRef } from '../players/player.ts';
import { tournamentRef } from './tournament.ts';

const tournamentResultRef = builder.objectRef<TournamentResult>('TournamentResult').implement({
  description: 'A player’s result in a settled tournament. Never changes.',
  fields: (t) => ({
    tournament: t.field({
      type: tournamentRef,
      description: 'The tournament.',
      resolve: ({ tournamentId }) => tournamentId,
    }),
    rank: t.exposeInt('rank', { description: 'The ordinal rank, counted from 1.' }),
    score: t.expose('score', { type: 'SafeInt', description: 'The score that the player stood with.' }),
    attempts: t.exposeInt('attempts', { description: 'How many scores of the player counted.' }),
  }),
});

const tournamentResultConnectionRef = listConnection(tournamentResultRef, {
  name: 'TournamentResult',
  page: 'a player’s results, the latest settlement first',
  edges: 'The results, each with its cursor.',
  row: 'A result',
});

builder.objectField(playerRef, 'tournamentHistory', (t) =>
  t.field({
    extensions: costing(10),
    type: tournamentResultConnectionRef,
    description: 'The player’s results in settled tournaments, the latest settlement first.',
    args: {
      ...pageArguments('results'),
    },
    resolve: async (player, args, ctx) =>
      pageConnection(await tournamentHistory({ ...args, playerId: player.id }, ctx), ({ settledAt, tournamentId }) =>
        formatPageCursor({ at: settledAt, id: tournamentId }),
      ),
  }),
);
