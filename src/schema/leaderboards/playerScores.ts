import { costing } from '../cost.ts';
import type { PlayerStatistics } from '../../domain/players/player.ts';
import { SCORE_MAX } from '../../domain/leaderboards/standingOrder.ts';
import { playerStandings } from '../../resolvers/leaderboards/playerStandings.ts';
import { playerStats } from '../../resolvers/players/playerStats.ts';
import { builder } from '../builder.ts';
import { playerRef } from '../players/player.ts';
import { selectsDense } from './selectsDense.ts';
import { standingRef } from './standing.ts';

/** Together, and not remembered: a subscription is one request, and would be told the same in each of its events. */
const ONCE = { cache: false };

const playerStatsRef = builder.objectRef<PlayerStatistics>('PlayerStats').implement({
  description: 'A player’s accepted submissions summed up, and the player’s events counted.',
  fields: (t) => ({
    scores: t.exposeInt('scores', { description: 'How many submissions were accepted. A replayed one counts once.' }),
    sum: t.field({
      type: 'SafeInt',
      description: 'All accepted scores added up, capped at ±(2^53-1).',
      resolve: ({ sum }) => Math.max(-SCORE_MAX, Math.min(SCORE_MAX, sum)),
    }),
    average: t.float({
      description: 'The sum divided by the number of scores; 0 before the first.',
      resolve: ({ sum, scores }) => (scores === 0 ? 0 : sum / scores),
    }),
    highScore: t.expose('highScore', {
      type: 'SafeInt',
      nullable: true,
      description: 'The highest value ever submitted, also on boards where lower is better. Null before the first.',
    }),
    totalEvents: t.exposeInt('totalEvents', {
      description: 'How many events there have been, each once. Follows the events within a moment.',
    }),
    eventBreakdown: t.field({
      type: 'JSON',
      description: 'How many of each type: an object of numbers by the name of the type.',
      resolve: ({ breakdown }) => ({ toJSON: () => breakdown }),
    }),
    firstSeenAt: t.expose('firstSeenAt', {
      type: 'DateTime',
      nullable: true,
      description:
        'When the earliest event happened, or came if its clock was more than a day off. Null before the first.',
    }),
    lastSeenAt: t.expose('lastSeenAt', {
      type: 'DateTime',
      nullable: true,
      description: 'The same of the latest.',
    }),
  }),
});

builder.objectField(playerRef, 'stats', (t) =>
  t.loadable({
    extensions: costing(10),
    type: playerStatsRef,
    nullable: true,
    byPath: true,
    load: (playerIds: string[], ctx, { game }) => playerStats({ playerIds, game: game ?? null }, ctx),
    loaderOptions: ONCE,
    description: 'Statistics over the boards and events of one game, or of all games.',
    args: { game: t.arg.string({ description: 'A game’s slug; all games when left out.' }) },
    resolve: (player) => player.id,
  }),
);

builder.objectField(playerRef, 'standings', (t) =>
  t.loadableList({
    extensions: costing(50),
    type: standingRef,
    byPath: true,
    load: (playerIds: string[], ctx, { game }, info) =>
      playerStandings({ playerIds, game: game ?? null, dense: selectsDense(info) }, ctx),
    loaderOptions: ONCE,
    description: 'The player’s standings in the present periods of the boards of one game, or of all: 100 at most.',
    args: { game: t.arg.string({ description: 'A game’s slug; all games when left out.' }) },
    resolve: (player) => player.id,
  }),
);
