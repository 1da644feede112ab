import { costing } from '../cost.ts';
import { NotFoundError } from '../../domain/errors.ts';
import { type Prize, prizeStateOf } from '../../domain/prizes/prize.ts';
import { PrizeExpiredError } from '../../domain/tournaments/tournamentErrors.ts';
import { claimPrize } from '../../resolvers/prizes/claimPrize.ts';
import { formatPageCursor, formatRankCursor } from '../../resolvers/pageCursor.ts';
import { findVisiblePrize, prizes, tournamentPrizes } from '../../resolvers/prizes/prizes.ts';
import { builder } from '../builder.ts';
import { prizeStateRef } from '../enums.ts';
import { idOf } from '../globalId.ts';
import { listConnection, pageArguments, pageConnection } from '../pageConnection.ts';
import { playerRef } from '../players/player.ts';
import { tournamentRef } from '../tournaments/tournament.ts';

export const prizeRef = builder.objectRef<Prize>('Prize');

builder.node(prizeRef, {
  description: 'What a settled tournament awarded to a player. Seen by the player and by admins.',
  id: { resolve: ({ id }) => id },
  loadOne: (id, ctx) => findVisiblePrize(id, ctx),
  fields: (t) => ({
    tournament: t.field({
      type: tournamentRef,
      description: 'The tournament that awarded it.',
      resolve: ({ tournamentId }) => tournamentId,
    }),
    player: t.field({ type: playerRef, description: 'Whose it is.', resolve: ({ playerId }) => playerId }),
    rank: t.exposeInt('rank', { description: 'The ordinal rank that it was awarded for.' }),
    coins: t.exposeInt('coins', { description: 'Coins.' }),
    gems: t.exposeInt('gems', { description: 'Gems.' }),
    state: t.field({
      type: prizeStateRef,
      description: 'What has become of it at the moment of reading.',
      resolve: (prize) => prizeStateOf(prize, prize.readAt),
    }),
    awardedAt: t.expose('awardedAt', { type: 'DateTime', description: 'When the tournament was settled.' }),
    claimedAt: t.expose('claimedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the player claimed it. Null: not yet.',
    }),
    expiresAt: t.expose('expiresAt', {
      type: 'DateTime',
      nullable: true,
      description: 'The first moment at which it cannot be claimed any more. Null: it always can.',
    }),
  }),
});

const prizeConnectionRef = listConnection(prizeRef, {
  name: 'Prize',
  page: 'prizes',
  edges: 'The prizes, each with its cursor.',
  row: 'A prize',
});

builder.queryField('prizes', (t) =>
  t.field({
    extensions: costing(10),
    type: prizeConnectionRef,
    description: 'The viewer’s own prizes, claimed or not, the latest award first.',
    authScopes: { player: true },
    args: {
      state: t.arg({ type: prizeStateRef, description: 'Only those in this state; all when left out.' }),
      ...pageArguments('prizes'),
    },
    resolve: async (_root, args, ctx) =>
      pageConnection(await prizes(args, ctx), ({ awardedAt, id }) => formatPageCursor({ at: awardedAt, id })),
  }),
);

builder.objectField(tournamentRef, 'prizes', (t) =>
  t.field({
    extensions: costing(10),
    type: prizeConnectionRef,
    description: 'All prizes that it awarded, by rank. For admins. Those of deleted players are left out.',
    authScopes: { admin: true },
    args: {
      state: t.arg({ type: prizeStateRef, description: 'Only those in this state; all when left out.' }),
      ...pageArguments('prizes'),
    },
    resolve: async ({ id: tournamentId }, args, ctx) =>
      pageConnection(await tournamentPrizes({ ...args, tournamentId }, ctx), ({ rank }) => formatRankCursor(rank)),
  }),
);

const claimPrizeResult = builder.errorUnion('ClaimPrizeResult', {
  types: [prizeRef, PrizeExpiredError, NotFoundError],
  description: 'The claimed prize, or why it cannot be claimed.',
  resolveType: () => 'Prize',
});

builder.mutationField('claimPrize', (t) =>
  t.field({
    type: claimPrizeResult,
    description: 'Moves the viewer’s own prize to the wallet, once: whoever claims again is given the claimed prize.',
    authScopes: { player: true },
    args: { prize: t.arg.id({ required: true, description: 'The prize’s id.' }) },
    resolve: (_root, { prize }, ctx) => claimPrize({ prizeId: idOf('Prize', prize) }, ctx),
  }),
);
