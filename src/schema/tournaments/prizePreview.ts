import { costing } from '../cost.ts';
import { previewPrizes, type PrizePreview } from '../../resolvers/tournaments/previewPrizes.ts';
import { builder } from '../builder.ts';
import { pageArguments, pageConnection } from '../pageConnection.ts';
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

const prizePreviewConnectionRef = builder.connectionObject(
  {
    type: prizePreviewRef,
    name: 'PrizePreviewConnection',
    description: 'One page of a preview, in standing order.',
    edgesField: { description: 'The players, each with their cursor.' },
  },
  { name: 'PrizePreviewEdge', description: 'A player’s preview and where it is in its list.' },
);

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
