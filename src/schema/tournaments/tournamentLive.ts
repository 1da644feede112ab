import { tournamentChanged } from '../../resolvers/tournaments/tournamentChanged.ts';
import { builder } from '../builder.ts';
import { idOf } from '../globalId.ts';
import { tournamentRef } from './tournament.ts';

builder.subscriptionField('tournamentChanged', (t) =>
  t.field({
    type: tournamentRef,
    description:
      'A tournament, now and whenever its rules, state, entries or standings change, by hand or by the clock. Bursts are ' +
      'merged: at most ten messages a second, and the last state always arrives. After a reconnection, the first message is ' +
      'the present state.',
    args: { id: t.arg.id({ required: true, description: 'The tournament’s `id`.' }) },
    subscribe: (_root, { id }, ctx) => tournamentChanged({ tournamentId: idOf('Tournament', id) }, ctx),
    resolve: (tournament) => tournament,
  }),
);
