import type { Wallet } from '../../domain/prizes/ledger.ts';
import { wallet } from '../../resolvers/prizes/wallet.ts';
import { builder } from '../builder.ts';
import { playerRef } from '../players/player.ts';

const walletRef = builder.objectRef<Wallet>('Wallet').implement({
  description: 'What a player has claimed, as the ledger adds it up.',
  fields: (t) => ({
    coins: t.expose('coins', { type: 'SafeInt', description: 'Coins.' }),
    gems: t.expose('gems', { type: 'SafeInt', description: 'Gems.' }),
  }),
});

builder.objectField(playerRef, 'wallet', (t) =>
  t.field({
    type: walletRef,
    nullable: true,
    description: 'The player’s wallet. Null for everybody but the player and admins.',
    resolve: (player, _args, ctx) => wallet({ playerId: player.id }, ctx),
  }),
);
