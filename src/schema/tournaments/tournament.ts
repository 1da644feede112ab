import { boxJson } from '../../domain/jsonValue.ts';
import type { PercentPrize, PrizeAmount, RankTier } from '../../domain/prizes/payoutRule.ts';
import { stateOf, type Tournament } from '../../domain/tournaments/tournament.ts';
import { loadTournamentsById } from '../../resolvers/loadNodes.ts';
import { builder } from '../builder.ts';
import { tournamentStateRef } from '../enums.ts';
import { gameRef } from '../leaderboards/game.ts';
import { leaderboardRef } from '../leaderboards/leaderboard.ts';

const prizeTierRef = builder.objectRef<RankTier>('PrizeTier').implement({
  description: 'What each player from one rank to another is given.',
  fields: (t) => ({
    fromRank: t.exposeInt('fromRank', { description: 'The first rank, counted from 1.' }),
    toRank: t.exposeInt('toRank', { description: 'The last rank, included.' }),
    coins: t.exposeInt('coins', { description: 'Coins for each.' }),
    gems: t.exposeInt('gems', { description: 'Gems for each.' }),
  }),
});

const percentPrizeRef = builder.objectRef<PercentPrize>('PercentPrize').implement({
  description:
    'What each player is given by the share of all who stand that is ahead: (rank - 1) / players, in percent, 0 for the ' +
    'first of any field. Only where no rank has a prize.',
  fields: (t) => ({
    fromPercent: t.exposeFloat('fromPercent', { description: 'Where the range begins, included.' }),
    toPercent: t.exposeFloat('toPercent', { description: 'Where the range ends; itself not included.' }),
    coins: t.exposeInt('coins', { description: 'Coins for each.' }),
    gems: t.exposeInt('gems', { description: 'Gems for each.' }),
  }),
});

const prizeAmountRef = builder.objectRef<PrizeAmount>('PrizeAmount').implement({
  description: 'Coins and gems.',
  fields: (t) => ({
    coins: t.exposeInt('coins', { description: 'Coins.' }),
    gems: t.exposeInt('gems', { description: 'Gems.' }),
  }),
});

export const tournamentRef = builder.loadableNodeRef('Tournament', {
  id: { resolve: (tournament: Tournament) => tournament.id },
  load: loadTournamentsById,
});

tournamentRef.implement({
  description: 'A contest for prizes on a board’s scores, in a window `[startsAt, endsAt)`. Stays readable for ever.',
  fields: (t) => ({
    game: t.field({ type: gameRef, description: 'The game it belongs to.', resolve: ({ gameId }) => gameId }),
    leaderboard: t.field({
      type: leaderboardRef,
      description: 'The board whose operator and sort order it follows.',
      resolve: ({ leaderboardId }) => leaderboardId,
    }),
    name: t.exposeString('name', { description: 'For people.' }),
    state: t.field({
      type: tournamentStateRef,
      description: 'Where it is in its life at the moment of reading.',
      resolve: (tournament) => stateOf(tournament, tournament.readAt),
    }),
    startsAt: t.expose('startsAt', { type: 'DateTime', description: 'The first moment at which scores count.' }),
    endsAt: t.expose('endsAt', { type: 'DateTime', description: 'The first moment at which they do not, as planned.' }),
    endedAt: t.expose('endedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When an admin ended it before its time. Null: nobody did.',
    }),
    registrationOpensAt: t.expose('registrationOpensAt', {
      type: 'DateTime',
      nullable: true,
      description: 'From when on players can join. Null: from its creation.',
    }),
    registrationClosesAt: t.expose('registrationClosesAt', {
      type: 'DateTime',
      nullable: true,
      description: 'The first moment at which players cannot join any more. Null: its end.',
    }),
    settledAt: t.expose('settledAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When standings were frozen and prizes awarded. Null: not yet.',
    }),
    cancelledAt: t.expose('cancelledAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was called off. Null: it was not.',
    }),
    joinRequired: t.exposeBoolean('joinRequired', {
      description: 'Whether scores count only for players who have joined. Else the first score is an entry.',
    }),
    capacity: t.exposeInt('capacity', { nullable: true, description: 'How many can enter. Null: no limit.' }),
    maxAttempts: t.exposeInt('maxAttempts', {
      nullable: true,
      description: 'How many scores of a player count. Null: no limit.',
    }),
    minScore: t.expose('minScore', {
      type: 'SafeInt',
      nullable: true,
      description: 'The lowest score that counts. Null: no limit.',
    }),
    graceSeconds: t.exposeInt('graceS', {
      description:
        'How long after the end it waits for plays that ended before it (`playedAt` of `submitScores`); then it is settled.',
    }),
    claimExpiresAfterSeconds: t.exposeInt('claimExpiresAfterS', {
      nullable: true,
      description: 'How long after settlement a prize can be claimed. Null: for ever.',
    }),
    metadata: t.field({
      type: 'JSON',
      nullable: true,
      description: 'What its admin noted, for the game to use. Null: nothing.',
      resolve: ({ metadata }) => boxJson(metadata),
    }),
    entrants: t.exposeInt('entrants', { description: 'How many have entered, with or without a score. Exact.' }),
    prizeTable: t.field({
      type: [prizeTierRef],
      description: 'Prizes by ordinal rank: a tie goes to whoever reached the score first.',
      resolve: ({ payoutRule }) => payoutRule.ranks,
    }),
    percentPrizes: t.field({
      type: [percentPrizeRef],
      description: 'Prizes by percentage, for whoever gets none by rank.',
      resolve: ({ payoutRule }) => payoutRule.percentPrizes,
    }),
    participationPrize: t.field({
      type: prizeAmountRef,
      nullable: true,
      description: 'For everybody with a score who gets no other prize. Null: nothing.',
      resolve: ({ payoutRule }) => payoutRule.participation,
    }),
    checksum: t.exposeString('checksum', {
      nullable: true,
      description: 'SHA-256 over the frozen standings, in hex. Never changes. Null before settlement.',
    }),
  }),
});
