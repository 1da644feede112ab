import { prizeAwarded } from '../../resolvers/prizes/prizeAwarded.ts';
import { builder } from '../builder.ts';
import { prizeRef } from './prize.ts';

builder.subscriptionField('prizeAwarded', (t) =>
  t.field({
    type: prizeRef,
    description:
      'Each prize that the viewer is awarded from now on, once, in the order of award. Silent until then. `prizes` tells a ' +
      'client that was away. A client that leaves 100 prizes unread is sent those and then cut off.',
    authScopes: { player: true },
    subscribe: (_root, _args, ctx) => prizeAwarded(ctx),
    resolve: (prize) => prize,
  }),
);
