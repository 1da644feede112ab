import { prizeAwarded } from '../resolvers/prizeAwarded.ts';
import { tournamentChanged } from '../resolvers/tournamentChanged.ts';
import { builder } from './builder.ts';
import { idOf } from './globalId.ts';
import { prizeRef } from './prize.ts';
import { tournamentRef } from './tournament.ts';

builder.subscriptionField('tournamentChanged', (t) =>
  t.field({
    type: tournamentRef,
    description:
      'A tournament, now and whenever its rules, state, entrants or standings change, by hand or by the clock. Bursts are ' +
      'merged: at most ten events a second, and the last state always arrives. After a reconnection, the first event is ' +
      'the present state.',
    args: { id: t.arg.id({ required: true, description: 'The tournament’s `id`.' }) },
    subscribe: (_root, { id }, ctx) => tournamentChanged({ tournamentId: idOf('Tournament', id) }, ctx),
    resolve: (tournament) => tournament,
  }),
);

builder.subscriptionField('prizeAwarded', (t) =>
  t.field({
    type: prizeRef,
    description:
      'Each prize that the viewer is awarded from now on, once, in the order of award. Silent until then. `prizes` tells a ' +
      'client that was away. A client that leaves 100 prizes unread is sent those, and then `complete`.',
    authScopes: { player: true },
    subscribe: (_root, _args, ctx) => prizeAwarded(ctx),
    resolve: (prize) => prize,
  }),
);
