import { costing, PAGE_SIZE } from '../cost.ts';
import { orderKeyOf } from '../../domain/leaderboards/standingOrder.ts';
import type { TournamentEntry } from '../../domain/tournaments/tournament.ts';
import { entryRank, loadMyEntries } from '../../resolvers/tournaments/tournamentEntries.ts';
import { tournamentStandings } from '../../resolvers/tournaments/tournamentStandings.ts';
import { builder } from '../builder.ts';
import { requireId } from '../globalId.ts';
import { playerRef } from '../players/player.ts';
import { selectsDense } from '../leaderboards/selectsDense.ts';
import { standingRef } from '../leaderboards/standing.ts';
import { connectionOf, standingConnectionRef } from '../leaderboards/standingConnection.ts';
import { tournamentRef } from './tournament.ts';

export const tournamentEntryRef = builder.objectRef<TournamentEntry>('TournamentEntry');

tournamentEntryRef.implement({
  description: 'A player’s entry in a tournament.',
  fields: (t) => ({
    tournament: t.field({
      type: tournamentRef,
      description: 'The tournament.',
      resolve: ({ tournamentId }) => tournamentId,
    }),
    player: t.field({ type: playerRef, description: 'Whose entry it is.', resolve: ({ playerId }) => playerId }),
    attempts: t.exposeInt('attempts', { description: 'How many scores of the player have counted.' }),
    bestScore: t.field({
      type: 'SafeInt',
      nullable: true,
      description: 'The score that the player stands with, by the board’s operator. Null before the first.',
      resolve: ({ value, sortOrder }) => value && orderKeyOf(value.orderKey, sortOrder),
    }),
    rank: t.int({
      extensions: costing(10),
      nullable: true,
      description: 'The ordinal rank at this moment, for ever after settlement. Null before the first score.',
      resolve: (entry, _args, ctx) => entryRank(entry, ctx),
    }),
    joinedAt: t.expose('joinedAt', { type: 'DateTime', description: 'When the player entered.' }),
  }),
});

builder.objectField(tournamentRef, 'myEntry', (t) =>
  t.loadable({
    type: tournamentEntryRef,
    nullable: true,
    description: 'The viewer’s entry. Null when not entered, and for whoever is no player.',
    load: (ids: string[], ctx) => loadMyEntries(ids, ctx),
    // A subscription is one request: an entry that is remembered would be told again in each of its messages.
    loaderOptions: { cache: false },
    resolve: (tournament) => tournament.id,
  }),
);

builder.objectField(tournamentRef, 'standings', (t) =>
  t.field({
    extensions: costing(20),
    type: standingConnectionRef,
    description:
      'Who stands where: live until settlement, frozen from then on. Use one of `after`, `before` and `around`. A frozen ' +
      'standing whose player was deleted is left out and stays counted, so that nobody moves up.',
    args: {
      first: t.arg.int({
        extensions: PAGE_SIZE,
        description: 'How many, 1 to 100, from the top or after `after`. 20 when left out.',
      }),
      after: t.arg.string({ description: 'A cursor: standings below it.' }),
      last: t.arg.int({ extensions: PAGE_SIZE, description: 'How many, 1 to 100, from the bottom or above `before`.' }),
      before: t.arg.string({ description: 'A cursor: standings above it.' }),
      around: t.arg.id({
        description:
          'A player’s id: `first` standings with this player in the middle, or as near as the ends allow. Empty when the ' +
          'player does not stand.',
      }),
    },
    resolve: async (tournament, { around, ...args }, ctx, info) =>
      connectionOf(
        await tournamentStandings(
          {
            ...args,
            tournament,
            around: around == null ? null : requireId('Player', around, 'around'),
            dense: selectsDense(info),
          },
          ctx,
        ),
      ),
  }),
);

builder.objectField(standingRef, 'tournament', (t) =>
  t.field({
    type: tournamentRef,
    nullable: true,
    description: 'The tournament that it is in. Null on a board’s own standings.',
    resolve: ({ tournament }) => tournament?.id ?? null,
  }),
);
