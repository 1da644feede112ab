import { costing, EACH, PAGE_SIZE, WALKED_OVER } from '../cost.ts';
import { standing } from '../../resolvers/leaderboards/standing.ts';
import { standings } from '../../resolvers/leaderboards/standings.ts';
import { loadLeaderboardsOfGames } from '../../resolvers/loadNodes.ts';
import { leaderboard } from '../../resolvers/leaderboards/leaderboard.ts';
import { builder } from '../builder.ts';
import { cadenceRef } from '../enums.ts';
import { gameRef } from './game.ts';
import { requireId } from '../globalId.ts';
import { leaderboardRef } from './leaderboard.ts';
import { selectsDense } from './selectsDense.ts';
import { standingRef } from './standing.ts';
import { connectionOf, standingConnectionRef } from './standingConnection.ts';

builder.objectField(leaderboardRef, 'standings', (t) =>
  t.field({
    extensions: costing(10),
    type: standingConnectionRef,
    description:
      'The standings of one period: the one that contains `at` (default: now). Use one of `after`, `before`, `fromRank`, ' +
      '`around` and `players`. Pages that follow each other by cursor neither repeat a player nor skip one whose entry ' +
      'has not changed, however scores move meanwhile.',
    args: {
      cadence: t.arg({
        type: cadenceRef,
        defaultValue: 'ALL_TIME',
        description: 'Which kind of period; the board must have it.',
      }),
      at: t.arg({ type: 'DateTime', description: 'A moment in the wanted period, now when left out.' }),
      first: t.arg.int({
        extensions: PAGE_SIZE,
        description: 'How many, 1 to 100, from the top or after `after`. 20 when left out.',
      }),
      after: t.arg.string({ description: 'A cursor: standings below it.' }),
      last: t.arg.int({ extensions: PAGE_SIZE, description: 'How many, 1 to 100, from the bottom or above `before`.' }),
      before: t.arg.string({ description: 'A cursor: standings above it.' }),
      fromRank: t.arg.int({ extensions: WALKED_OVER, description: 'Start at this ordinal rank, counted from 1.' }),
      around: t.arg.id({
        description:
          'A player’s id: `first` standings with this player in the middle, or as near as the ends of the board allow. ' +
          'Empty when the player has no score.',
      }),
      players: t.arg.idList({
        // Each is looked up among all.
        extensions: { ...EACH, ...costing(10) },
        description: 'Up to 100 players’ ids, friends for example: those of them who have a score, in standing order.',
      }),
    },
    resolve: async (board, { around, players, cadence, ...args }, ctx, info) => {
      const page = await standings(
        {
          ...args,
          cadence: cadence ?? 'ALL_TIME',
          leaderboardId: board.id,
          cadences: board.cadences,
          around: around == null ? null : requireId('Player', around, 'around'),
          players: players?.map((player) => requireId('Player', player, 'players')),
          dense: selectsDense(info),
        },
        ctx,
      );
      return connectionOf(page);
    },
  }),
);

builder.objectField(leaderboardRef, 'standing', (t) =>
  t.field({
    extensions: costing(10),
    type: standingRef,
    nullable: true,
    description: 'One player’s standing, null when the player has no score in that period.',
    args: {
      player: t.arg.id({ required: true, description: 'The player’s id.' }),
      cadence: t.arg({
        type: cadenceRef,
        defaultValue: 'ALL_TIME',
        description: 'Which kind of period; the board must have it.',
      }),
      at: t.arg({ type: 'DateTime', description: 'A moment in the wanted period, now when left out.' }),
    },
    resolve: (board, { player, cadence, at }, ctx, info) =>
      standing(
        {
          leaderboardId: board.id,
          cadences: board.cadences,
          cadence: cadence ?? 'ALL_TIME',
          playerId: requireId('Player', player, 'player'),
          at,
          dense: selectsDense(info),
        },
        ctx,
      ),
  }),
);

builder.objectField(gameRef, 'leaderboards', (t) =>
  t.loadableList({
    type: leaderboardRef,
    description: 'The boards of the game, ordered by slug.',
    load: (gameIds: string[], ctx) => loadLeaderboardsOfGames(gameIds, ctx),
    resolve: (game) => game.id,
  }),
);

builder.queryField('leaderboard', (t) =>
  t.field({
    type: leaderboardRef,
    nullable: true,
    description: 'A board by slugs, so that a frontend needs no ids. Null when there is none.',
    args: {
      game: t.arg.string({ required: true, description: 'The game’s slug.' }),
      slug: t.arg.string({ required: true, description: 'The board’s slug.' }),
    },
    resolve: (_root, args, ctx) => leaderboard(args, ctx),
  }),
);
