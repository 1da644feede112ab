import { costing } from '../cost.ts';
import type { TournamentSeries } from '../../domain/tournaments/tournamentSeries.ts';
import { loadTournamentSeriesById } from '../../resolvers/loadNodes.ts';
import { formatPageCursor } from '../../resolvers/pageCursor.ts';
import { tournaments } from '../../resolvers/tournaments/tournaments.ts';
import { tournamentSeries } from '../../resolvers/tournaments/tournamentSeries.ts';
import { builder } from '../builder.ts';
import { tournamentStateRef } from '../enums.ts';
import { gameRef } from '../leaderboards/game.ts';
import { leaderboardRef } from '../leaderboards/leaderboard.ts';
import { listConnection, pageArguments, pageConnection } from '../pageConnection.ts';
import { tournamentRef } from './tournament.ts';
import { cursorOfTournament, tournamentConnectionRef } from './tournamentQueries.ts';

export const tournamentSeriesRef = builder.loadableNodeRef('TournamentSeries', {
  id: { resolve: (series: TournamentSeries) => series.id },
  load: loadTournamentSeriesById,
});

tournamentSeriesRef.implement({
  description: 'Tournaments by a schedule: each exists when the one before it starts, or when its registration opens.',
  fields: (t) => ({
    game: t.field({ type: gameRef, description: 'The game it belongs to.', resolve: ({ gameId }) => gameId }),
    leaderboard: t.field({
      type: leaderboardRef,
      description: 'The board that its tournaments follow.',
      resolve: ({ leaderboardId }) => leaderboardId,
    }),
    name: t.exposeString('name', {
      description:
        'For people. Its tournaments are named for it and the date of their start, with the hour where it is not midnight ' +
        'and the offset from UTC where the clocks show that hour twice: no two have the same name.',
    }),
    cron: t.exposeString('cron', { description: 'When its tournaments start: a cron expression of five fields.' }),
    timeZone: t.exposeString('timeZone', { description: 'The IANA time zone that `cron` is read in.' }),
    durationSeconds: t.exposeInt('durationS', { description: 'How long each of its tournaments takes scores.' }),
    nextStartsAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'The start of the first tournament that has not been made. Null: the series has ended.',
      resolve: ({ nextStartsAt, endedAt }) => (endedAt ? null : nextStartsAt),
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was created.' }),
    endedAt: t.expose('endedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'From when on it makes no more tournaments. Null: it goes on.',
    }),
    tournaments: t.field({
      extensions: costing(10),
      type: tournamentConnectionRef,
      description: 'Its tournaments, the latest start first.',
      args: {
        states: t.arg({ type: [tournamentStateRef], description: 'Only these; all when left out.' }),
        ...pageArguments('tournaments'),
      },
      resolve: async ({ id }, args, ctx) =>
        pageConnection(await tournaments({ ...args, of: { seriesId: id } }, ctx), cursorOfTournament),
    }),
  }),
});

builder.objectField(tournamentRef, 'series', (t) =>
  t.field({
    type: tournamentSeriesRef,
    nullable: true,
    description: 'The series that it belongs to. Null: an admin made it.',
    resolve: ({ seriesId }) => seriesId,
  }),
);

const tournamentSeriesConnectionRef = listConnection(tournamentSeriesRef, {
  name: 'TournamentSeries',
  page: 'series, the newest first',
  edges: 'The series, each with its cursor.',
  row: 'A series',
});

builder.queryField('tournamentSeries', (t) =>
  t.field({
    extensions: costing(10),
    type: tournamentSeriesConnectionRef,
    description: 'The series of a game, the newest first, ended ones too. Empty for a game that does not exist.',
    args: {
      game: t.arg.string({ required: true, description: 'The game’s slug.' }),
      ...pageArguments('series'),
    },
    resolve: async (_root, args, ctx) =>
      pageConnection(await tournamentSeries(args, ctx), ({ createdAt, id }) => formatPageCursor({ at: createdAt, id })),
  }),
);
