import { builder } from '../builder.ts';
import { describeName } from '../describeName.ts';

const prizeTierInput = builder.inputType('PrizeTierInput', {
  description: 'What each player from one rank to another is given. Tiers must not overlap.',
  fields: (t) => ({
    fromRank: t.int({ required: true, description: 'The first rank, counted from 1.' }),
    toRank: t.int({ required: true, description: 'The last rank, included.' }),
    coins: t.int({ required: true, description: 'Coins for each, 0 or more.' }),
    gems: t.int({ required: true, description: 'Gems for each, 0 or more.' }),
  }),
});

const percentPrizeInput = builder.inputType('PercentPrizeInput', {
  description:
    'What each player is given by the share of all who stand that is ahead: (rank - 1) / players, in percent. The first ' +
    'has 0 % ahead, so a range that begins at 0 holds at least the first of any field, and ranges that join hold everybody ' +
    'once: 0 to 10 holds one of up to ten players, two of eleven. Ranges must not overlap.',
  fields: (t) => ({
    fromPercent: t.float({
      required: true,
      description: 'Where the range begins, included: 0 to 100, two decimals at most.',
    }),
    toPercent: t.float({
      required: true,
      description: 'Where it ends, itself not included: more than `fromPercent`, 100 at most.',
    }),
    coins: t.int({ required: true, description: 'Coins for each, 0 or more.' }),
    gems: t.int({ required: true, description: 'Gems for each, 0 or more.' }),
  }),
});

const prizeAmountInput = builder.inputType('PrizeAmountInput', {
  description: 'Coins and gems, not both 0.',
  fields: (t) => ({
    coins: t.int({ required: true, description: '0 or more.' }),
    gems: t.int({ required: true, description: '0 or more.' }),
  }),
});

type InputFields = Parameters<Parameters<typeof builder.inputType>[1]['fields']>[0];

/** What one tournament and each of a series are given alike. */
export const ruleFields = (t: InputFields) => ({
  joinRequired: t.boolean({
    defaultValue: false,
    description: 'Whether scores count only for players who have joined.',
  }),
  capacity: t.int({ description: 'How many can enter, 1 to 1 000 000. 10 000 when left out; null: no limit.' }),
  maxAttempts: t.int({ description: 'How many scores of a player count; no limit when left out.' }),
  minScore: t.field({ type: 'SafeInt', description: 'The lowest score that counts; no limit when left out.' }),
  graceSeconds: t.int({
    description: 'How long to wait for late arrivals before settlement: 0 to 604 800, 60 when left out.',
  }),
  claimExpiresAfterSeconds: t.int({
    description: 'How long after settlement prizes can be claimed, ten years at most; for ever when left out.',
  }),
  metadata: t.field({ type: 'JSON', description: 'For the game to use. 1 KiB of JSON at most.' }),
  prizeTable: t.field({ type: [prizeTierInput], description: 'Prizes by rank. 100 tiers at most, of both kinds.' }),
  percentPrizes: t.field({ type: [percentPrizeInput], description: 'Prizes by percentage, where no rank has one.' }),
  participationPrize: t.field({
    type: prizeAmountInput,
    description: 'For everybody with a score who gets no other prize.',
  }),
});

export const createTournamentInput = builder.inputType('CreateTournamentInput', {
  description:
    'A new tournament. Without `prizeTable`, `percentPrizes` and `participationPrize` it has the usual prizes: 5000 coins ' +
    'and 250 gems for the first, down to 500 and 25 for ranks 11 to 50.',
  fields: (t) => ({
    game: t.string({ required: true, description: 'The game’s slug.' }),
    leaderboard: t.string({
      required: true,
      description: 'The slug of the board whose operator and sort order it follows.',
    }),
    name: t.string({ required: true, description: `For people: ${describeName(100)}` }),
    startsAt: t.field({ type: 'DateTime', required: true, description: 'The first moment at which scores count.' }),
    endsAt: t.field({ type: 'DateTime', required: true, description: 'The first moment at which they do not.' }),
    registrationOpensAt: t.field({
      type: 'DateTime',
      description: 'From when on players can join; at once when left out.',
    }),
    registrationClosesAt: t.field({
      type: 'DateTime',
      description: 'When joining ends; with the tournament when left out.',
    }),
    ...ruleFields(t),
  }),
});

export const updateTournamentInput = builder.inputType('UpdateTournamentInput', {
  description:
    'What to change of a tournament. Fields that are left out stay as they are. Name and metadata may always change, ' +
    '`endsAt` until the end, everything else until the start.',
  fields: (t) => ({
    tournament: t.id({ required: true, description: 'The tournament’s id.' }),
    name: t.string({ description: `For people: ${describeName(100)}` }),
    startsAt: t.field({ type: 'DateTime', description: 'The first moment at which scores count.' }),
    endsAt: t.field({ type: 'DateTime', description: 'The first moment at which they do not. Must not have passed.' }),
    registrationOpensAt: t.field({ type: 'DateTime', description: 'From when on players can join; null: at once.' }),
    registrationClosesAt: t.field({ type: 'DateTime', description: 'When joining ends; null: with the tournament.' }),
    joinRequired: t.boolean({ description: 'Whether scores count only for players who have joined.' }),
    capacity: t.int({ description: 'How many can enter, not below those who have; null lifts the limit.' }),
    maxAttempts: t.int({ description: 'How many scores of a player count; null lifts the limit.' }),
    minScore: t.field({ type: 'SafeInt', description: 'The lowest score that counts; null lifts the limit.' }),
    graceSeconds: t.int({ description: 'How long to wait for late arrivals before settlement: 0 to 604 800.' }),
    claimExpiresAfterSeconds: t.int({ description: 'How long prizes can be claimed; null: for ever.' }),
    metadata: t.field({ type: 'JSON', description: 'For the game to use; null removes it. 1 KiB of JSON at most.' }),
    prizeTable: t.field({ type: [prizeTierInput], description: 'Prizes by rank, instead of all before.' }),
    percentPrizes: t.field({ type: [percentPrizeInput], description: 'Prizes by percentage, instead of all before.' }),
    participationPrize: t.field({ type: prizeAmountInput, description: 'For taking part; null removes it.' }),
  }),
});
