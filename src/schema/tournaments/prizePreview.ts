import { costing } from '../cost.ts';
import { previewPrizes, type PrizePreview } from '../../resolvers/tournaments/previewPrizes.ts';
import { builder } from '../builder.ts';
import { listConnection, pageArguments, pageConnection } from '../pageConnection.ts';
import { standingRef } from '../leaderboards/standing.ts';
import { tournamentRef } from './tournament.ts';

const prizePreviewRef = builder.objectRef<PrizePreview>('PrizePreview').implement({
  description: 'What a player would be given if the tournament ended as it stands.',
  fields: (t) => ({
    standing: t.field({ type: standingRef, description: 'Who stands where.', resolve: ({ standing }) => standing }),
    coins: t.exposeInt('coins', { description: 'Coins, 0 for no prize.' }),
    gems: t.exposeInt('gems', { description: 'Gems, 0 for no prize.' }),
  }),
});

const prizePreviewConnectionRef = listConnection(prizePreviewRef, {
  name: 'PrizePreview',
  page: 'a preview, in standing order',
  edges: 'The players, each with their cursor.',
  row: 'A player’s preview',
});

builder.objectField(tournamentRef, 'previewPrizes', (t) =>
  t.field({
    extensions: costing(20),
    type: prizePreviewConnectionRef,
    description: 'Who would be given what now, in standing order. Nobody is given anything by a cancelled tournament.',
    args: {
      ...pageArguments('players'),
    },
    resolve: async (tournament, args, ctx) =>
      pageConnection(await previewPrizes({ ...args, tournament }, ctx), ({ cursor }) => cursor),
  }),
);
