import { costing } from '../cost.ts';
import type { PrizeStatistics } from '../../domain/prizes/prize.ts';
import { prizeStatistics } from '../../resolvers/prizes/prizeStatistics.ts';
import { builder } from '../builder.ts';
import { tournamentRef } from '../tournaments/tournament.ts';

const prizeStatisticsRef = builder.objectRef<PrizeStatistics>('PrizeStatistics').implement({
  description: 'What has become of awarded prizes. Each is claimed, pending, expired or lapsed.',
  fields: (t) => ({
    awarded: t.exposeInt('awarded', { description: 'How many there are.' }),
    claimed: t.exposeInt('claimed', { description: 'How many were claimed.' }),
    pending: t.exposeInt('pending', { description: 'How many can be claimed.' }),
    expired: t.exposeInt('expired', { description: 'How many were not claimed in time.' }),
    lapsed: t.exposeInt('lapsed', { description: 'How many were not claimed before their player was deleted.' }),
    coinsAwarded: t.expose('coinsAwarded', { type: 'SafeInt', description: 'Coins of all, capped at 2^53-1.' }),
    gemsAwarded: t.expose('gemsAwarded', { type: 'SafeInt', description: 'Gems of all, capped at 2^53-1.' }),
    coinsClaimed: t.expose('coinsClaimed', { type: 'SafeInt', description: 'Coins of the claimed, capped at 2^53-1.' }),
    gemsClaimed: t.expose('gemsClaimed', { type: 'SafeInt', description: 'Gems of the claimed, capped at 2^53-1.' }),
  }),
});

builder.objectField(tournamentRef, 'prizeStatistics', (t) =>
  t.field({
    extensions: costing(20),
    type: prizeStatisticsRef,
    description: 'What has become of its prizes. For admins.',
    authScopes: { admin: true },
    resolve: ({ id }, _args, ctx) => prizeStatistics({ tournamentId: id }, ctx),
  }),
);

builder.queryField('prizeStatistics', (t) =>
  t.field({
    extensions: costing(100),
    type: prizeStatisticsRef,
    description: 'What has become of the prizes of all tournaments. For admins.',
    authScopes: { admin: true },
    args: { game: t.arg.string({ description: 'A game’s slug; all games when left out.' }) },
    resolve: (_root, { game }, ctx) => prizeStatistics({ game: game ?? null }, ctx),
  }),
);
