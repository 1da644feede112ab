import { NotFoundError } from '../../domain/errors.ts';
import { periodOfKey } from '../../domain/leaderboards/period.ts';
import type { PeriodRef } from '../../domain/leaderboards/periodChange.ts';
import type { CopyComparison, CopyDifference } from '../../mirror/compareCopy.ts';
import type { RebuiltCopy } from '../../mirror/rebuildCopy.ts';
import { driftReport } from '../../resolvers/leaderboards/driftReport.ts';
import { rebuildLeaderboard, type RebuiltLeaderboard } from '../../resolvers/leaderboards/rebuildLeaderboard.ts';
import { builder } from '../builder.ts';
import { cadenceRef } from '../enums.ts';
import { leaderboardRef } from './leaderboard.ts';

const startOf = ({ cadence, periodKey }: PeriodRef) => periodOfKey(cadence, periodKey).startsAt;

const copyStateRef = builder.enumType('CopyState', {
  description: 'What a comparison of a copy came to.',
  values: {
    COMPARED: { description: 'Compared in full: `differences` are all there are, up to 100.' },
    BEHIND: { description: 'Still following the latest changes. PostgreSQL answers meanwhile.' },
    MISSING: { description: 'There is no copy at the moment. PostgreSQL answers.' },
  } as const,
});

const copyDifferenceRef = builder.objectRef<CopyDifference>('CopyDifference').implement({
  description: 'Something that the copy in Redis says otherwise than PostgreSQL.',
  fields: (t) => ({
    playerId: t.exposeString('playerId', {
      nullable: true,
      description: 'The player’s id in the database. Null where the whole period is meant.',
    }),
    inPostgres: t.exposeString('inPostgres', { nullable: true, description: 'What is right. Null: nothing.' }),
    inRedis: t.exposeString('inRedis', { nullable: true, description: 'What the copy had. Null: nothing.' }),
  }),
});

const copyReportRef = builder.objectRef<CopyComparison>('CopyReport').implement({
  description: 'One period’s copy in Redis, compared with one revision of the period in PostgreSQL.',
  fields: (t) => ({
    state: t.expose('state', { type: copyStateRef, description: 'What the comparison came to.' }),
    revision: t.expose('revision', { type: 'SafeInt', description: 'The revision that was compared.' }),
    entries: t.exposeInt('entries', { description: 'How many entries were compared.' }),
    differences: t.field({
      type: [copyDifferenceRef],
      description: 'What was found, 100 at most. The copy is rebuilt at once when there is any.',
      resolve: ({ differences }) => differences,
    }),
  }),
});

builder.queryField('driftReport', (t) =>
  t.field({
    type: [copyReportRef],
    nullable: true,
    description:
      'Compares the copies of a board’s present periods in Redis with PostgreSQL, every row, now. For admins. Null when ' +
      'there is no such board; empty on a server without Redis. Takes about ten seconds for a million entries.',
    authScopes: { admin: true },
    args: {
      game: t.arg.string({ required: true, description: 'The game’s slug.' }),
      slug: t.arg.string({ required: true, description: 'The board’s slug.' }),
    },
    resolve: (_root, args, ctx) => driftReport(args, ctx),
  }),
);

const rebuiltCopyRef = builder.objectRef<RebuiltCopy>('RebuiltCopy').implement({
  description: 'A copy in Redis that was made anew.',
  fields: (t) => ({
    entries: t.exposeInt('entries', { description: 'How many entries were read from PostgreSQL.' }),
    revision: t.expose('revision', {
      type: 'SafeInt',
      description: 'The revision that was read. Changes since are in the copy as well.',
    }),
    durationMs: t.exposeInt('durationMs', { description: 'How long it took, in milliseconds.' }),
  }),
});

for (const ref of [copyReportRef, rebuiltCopyRef]) {
  builder.objectFields(ref, (t) => ({
    cadence: t.field({
      type: cadenceRef,
      description: 'Which kind of period.',
      resolve: ({ period }) => period.cadence,
    }),
    periodStartsAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'The first moment of the period. Null for ALL_TIME.',
      resolve: ({ period }) => startOf(period),
    }),
  }));
}

const rebuiltLeaderboardRef = builder.objectRef<RebuiltLeaderboard>('RebuiltLeaderboard').implement({
  description: 'A board whose copies in Redis were made anew.',
  fields: (t) => ({
    leaderboard: t.field({
      type: leaderboardRef,
      description: 'The board.',
      resolve: ({ leaderboard }) => leaderboard,
    }),
    copies: t.field({
      type: [rebuiltCopyRef],
      description:
        'One for each present period that anybody stands in. A period that another instance is rebuilding at the moment ' +
        'is left out; on a server without Redis there are none.',
      resolve: ({ copies }) => copies,
    }),
  }),
});

const rebuildLeaderboardResult = builder.errorUnion('RebuildLeaderboardResult', {
  types: [rebuiltLeaderboardRef, NotFoundError],
  description: 'What was rebuilt, or that there is no such board.',
  resolveType: () => 'RebuiltLeaderboard',
});

builder.mutationField('rebuildLeaderboard', (t) =>
  t.field({
    type: rebuildLeaderboardResult,
    description:
      'Makes the copies of a board’s present periods in Redis anew. For admins. Readers are answered all the while; ' +
      'answered when it is done, after about ten seconds for a million entries. May be retried.',
    authScopes: { admin: true },
    args: {
      game: t.arg.string({ required: true, description: 'The game’s slug.' }),
      slug: t.arg.string({ required: true, description: 'The board’s slug.' }),
    },
    resolve: (_root, args, ctx) => rebuildLeaderboard(args, ctx),
  }),
);
