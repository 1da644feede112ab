import { PAGE_SIZE, SIZED_ABOVE } from '../cost.ts';
import type { BoardChange, RankMove } from '../../domain/leaderboards/boardChange.ts';
import { answerChange, leaderboardChanged } from '../../resolvers/leaderboards/leaderboardChanged.ts';
import { standingChanged } from '../../resolvers/leaderboards/standingChanged.ts';
import { builder } from '../builder.ts';
import { cadenceRef, moveKindRef } from '../enums.ts';
import { leaderboardRef } from './leaderboard.ts';
import { playerRef } from '../players/player.ts';
import { standingRef } from './standing.ts';

const rankMoveRef = builder.objectRef<RankMove>('RankMove').implement({
  description: 'One player’s move between two states of the top of a board.',
  fields: (t) => ({
    player: t.field({ type: playerRef, description: 'Who moved.', resolve: ({ player }) => player }),
    kind: t.expose('kind', { type: moveKindRef, description: 'How.' }),
    fromRank: t.exposeInt('fromRank', { nullable: true, description: 'The ordinal rank before, null for ENTERED.' }),
    toRank: t.exposeInt('toRank', { nullable: true, description: 'The ordinal rank now, null for LEFT.' }),
    fromScore: t.expose('fromScore', {
      type: 'SafeInt',
      nullable: true,
      description: 'The score before, null for ENTERED.',
    }),
    toScore: t.expose('toScore', { type: 'SafeInt', nullable: true, description: 'The score now, null for LEFT.' }),
  }),
});

const leaderboardChangeRef = builder.objectRef<BoardChange>('LeaderboardChange').implement({
  description: 'The top of one period of a board, after a change.',
  fields: (t) => ({
    leaderboard: t.field({
      type: leaderboardRef,
      description: 'The board.',
      resolve: ({ leaderboard }) => leaderboard,
    }),
    cadence: t.expose('cadence', { type: cadenceRef, description: 'Which of its periods.' }),
    revision: t.expose('revision', {
      type: 'SafeInt',
      description:
        'Grows with every change of this board and period. Hand it back as `afterRevision` after a reconnection. It is ' +
        'also the message’s `id:` in the stream, which a browser’s EventSource hands back by itself.',
    }),
    at: t.expose('at', { type: 'DateTime', description: 'When this state was read.' }),
    snapshot: t.exposeBoolean('snapshot', {
      description:
        'True when `standings` must replace what the client holds: at the start, in a new period, when the client was ' +
        'too slow for a message, or after a reconnection that comes too late or to another server. False when `moves` ' +
        'leads there.',
    }),
    standings: t.expose('standings', {
      extensions: SIZED_ABOVE,
      type: [standingRef],
      description: 'The top, in standing order.',
    }),
    moves: t.expose('moves', {
      extensions: SIZED_ABOVE,
      type: [rankMoveRef],
      description:
        'What changed within the top since the message before; in the first message after a reconnection, since ' +
        '`afterRevision`. Empty when the change was further down, or when there was none.',
    }),
    totalCount: t.exposeInt('totalCount', { description: 'How many players stand in the period.' }),
  }),
});

builder.subscriptionField('leaderboardChanged', (t) =>
  t.field({
    type: leaderboardChangeRef,
    description:
      'The top of a board’s present period, now and after every change. The first message comes at once: a snapshot, or ' +
      'what leads on from `afterRevision`. Bursts are merged: at most ten messages a second, and the last state always ' +
      'arrives.',
    args: {
      game: t.arg.string({ required: true, description: 'The game’s slug.' }),
      slug: t.arg.string({ required: true, description: 'The board’s slug.' }),
      cadence: t.arg({ type: cadenceRef, defaultValue: 'ALL_TIME', description: 'Which kind of period.' }),
      top: t.arg.int({ extensions: PAGE_SIZE, defaultValue: 10, description: 'How many standings, 1 to 100.' }),
      afterRevision: t.arg({
        type: 'SafeInt',
        description:
          'The `revision` of the last message that the client has had, with the same `top`. The first message brings it up ' +
          'to date: one change from there, without moves when nothing has changed, or a snapshot when that revision is ' +
          'not remembered here. Never negative. Without it, the header `Last-Event-ID` counts.',
      }),
    },
    subscribe: (_root, { game, slug, cadence, top, afterRevision = null }, ctx) =>
      leaderboardChanged({ game, slug, cadence: cadence ?? 'ALL_TIME', top: top ?? 10, afterRevision }, ctx),
    resolve: (change, _args, ctx) => answerChange(change, ctx),
  }),
);

builder.subscriptionField('standingChanged', (t) =>
  t.field({
    type: standingRef,
    nullable: true,
    description:
      'The viewer’s own standing in a board’s present period: now, and whenever rank or score change. Null when the viewer ' +
      'stands nowhere: at the start without a score, and as soon as a standing is gone, as when a new period begins.',
    authScopes: { player: true },
    args: {
      game: t.arg.string({ required: true, description: 'The game’s slug.' }),
      slug: t.arg.string({ required: true, description: 'The board’s slug.' }),
      cadence: t.arg({ type: cadenceRef, defaultValue: 'ALL_TIME', description: 'Which kind of period.' }),
    },
    subscribe: (_root, { game, slug, cadence }, ctx) =>
      standingChanged({ game, slug, cadence: cadence ?? 'ALL_TIME' }, ctx),
    resolve: (standing) => standing,
  }),
);
