import { boxJson } from '../../domain/jsonValue.ts';
import { percentileOf, rankOf, type Standing } from '../../domain/leaderboards/standing.ts';
import { periodOfKey } from '../../domain/leaderboards/period.ts';
import { builder } from '../builder.ts';
import { cadenceRef, rankStyleRef } from '../enums.ts';
import { leaderboardRef } from './leaderboard.ts';
import { formatId } from '../globalId.ts';
import { playerRef } from '../players/player.ts';

export const standingRef = builder.objectRef<Standing>('Standing');

standingRef.implement({
  description:
    'A player’s entry with its rank at the moment of reading. The ranks of one answer come from one snapshot of the board.',
  fields: (t) => ({
    id: t.id({
      description:
        'One row of one board or tournament, one period and one player: the same in every answer and event for as long as ' +
        'the player stands there, whatever the rank, so that a client’s cache keeps one object for it. Opaque, and not ' +
        'for `node`.',
      resolve: (standing) => formatId('Standing', rowOf(standing)),
    }),
    player: t.field({ type: playerRef, description: 'Whose standing it is.', resolve: ({ player }) => player }),
    score: t.expose('score', { type: 'SafeInt', description: 'The score that counts in this period.' }),
    rank: t.int({
      description: 'The position on the board, counted from 1.',
      args: {
        style: t.arg({ type: rankStyleRef, defaultValue: 'ORDINAL', description: 'How ties are numbered.' }),
      },
      resolve: ({ ranks }, { style }) => rankOf(ranks, style ?? 'ORDINAL'),
    }),
    percentile: t.float({
      description: 'Share of players that this one is ahead of or level with, 0 to 100. The first player has 100.',
      resolve: (standing) => percentileOf(standing),
    }),
    reachedAt: t.expose('reachedAt', {
      type: 'DateTime',
      description:
        'When the play ended that reached this score: within the period. An equal or worse score later does not move it. ' +
        'Equal scores rank in the order in which they were accepted.',
    }),
    metadata: t.field({
      type: 'JSON',
      nullable: true,
      description: 'What the play that holds the score sent along. Null when it sent nothing.',
      resolve: ({ metadata }) => boxJson(metadata),
    }),
    leaderboard: t.field({
      type: leaderboardRef,
      description: 'The board that it is on.',
      resolve: ({ leaderboard }) => leaderboard,
    }),
    cadence: t.expose('cadence', {
      type: cadenceRef,
      description: 'Which kind of period it is in. ALL_TIME on a tournament’s standings.',
    }),
    periodStartsAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'The first moment of the period or the tournament. Null for ALL_TIME of a board.',
      resolve: ({ cadence, periodKey, tournament }) =>
        tournament ? tournament.startsAt : periodOfKey(cadence, periodKey).startsAt,
    }),
    periodEndsAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'The first moment after the period or the tournament. Null for ALL_TIME of a board.',
      resolve: ({ cadence, periodKey, tournament }) =>
        tournament ? tournament.endsAt : periodOfKey(cadence, periodKey).endsAt,
    }),
  }),
});

/** A tournament has one period of its own, whatever the board’s are. */
function rowOf({ leaderboard, periodKey, player, tournament }: Standing): string {
  return tournament ? `${tournament.id} ${player.id}` : `${leaderboard.id} ${periodKey} ${player.id}`;
}
