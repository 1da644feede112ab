import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CreateTournamentInput } from '../../generated/graphql.ts';
import { send, startTestApp, type TestApp } from '../../setup/app.ts';
import { createBoard } from '../../setup/documents.ts';
import { PrizeNode } from '../../setup/prizeDocuments.ts';
import {
  CancelTournament,
  CreateTournament,
  TournamentById,
  UpdateTournament,
} from '../../setup/tournamentDocuments.ts';
import { secondsFromNow, tournamentInput } from '../../setup/tournaments.ts';

let app: TestApp;
let admin: string;
beforeAll(async () => {
  app = await startTestApp();
  await createBoard(app);
  admin = await app.tokenFor('admin', 'admin');
});
afterAll(() => app.stop());

const inSeconds = (seconds: number) => secondsFromNow(seconds).toISOString();
const answerTo = async (input: CreateTournamentInput) =>
  (await send(app.url, CreateTournament, { input }, admin)).data.createTournament;

async function create(given: Partial<CreateTournamentInput> = {}) {
  const created = await answerTo(tournamentInput(given));
  if (created.__typename !== 'Tournament') throw new Error(created.message);
  return created;
}

test('a tournament has what it was created with', async () => {
  const input = tournamentInput({
    startsAt: inSeconds(60),
    registrationOpensAt: inSeconds(10),
    registrationClosesAt: inSeconds(50),
    joinRequired: true,
    capacity: 100,
    maxAttempts: 3,
    minScore: -5,
    graceSeconds: 0,
    claimExpiresAfterSeconds: 3_600,
    metadata: { theme: 'winter' },
    prizeTable: [{ fromRank: 1, toRank: 1, coins: 9, gems: 1 }],
    percentPrizes: [{ fromPercent: 0, toPercent: 12.5, coins: 5, gems: 0 }],
    participationPrize: { coins: 1, gems: 0 },
  });
  const { game, leaderboard, ...rest } = input;
  const created = await create(input);
  expect(created).toMatchObject({ ...rest, game: { slug: game }, leaderboard: { slug: leaderboard } });
  expect(created).toMatchObject({ state: 'SCHEDULED', entrants: 0, settledAt: null, checksum: null });
  const read = await send(app.url, TournamentById, { id: created.id });
  expect(read.data.tournament).toMatchObject(rest);
  expect((await send(app.url, PrizeNode, { id: created.id })).data.node).toMatchObject({ name: input.name });
});

test('without saying so, a tournament takes 10 000 entries, a minute of grace, and the usual prizes', async () => {
  const created = await create();
  expect(created).toMatchObject({ state: 'OPEN', capacity: 10_000, graceSeconds: 60, joinRequired: false });
  expect(created).toMatchObject({ maxAttempts: null, minScore: null, claimExpiresAfterSeconds: null, metadata: null });
  expect(created.prizeTable.map(({ fromRank, toRank, coins, gems }) => [fromRank, toRank, coins, gems])).toEqual([
    [1, 1, 5_000, 250],
    [2, 2, 3_000, 150],
    [3, 3, 2_000, 100],
    [4, 10, 1_000, 50],
    [11, 50, 500, 25],
  ]);
});

test('null lifts the capacity, and an empty table is no prizes', async () => {
  expect(await create({ capacity: null, prizeTable: [] })).toMatchObject({ capacity: null, prizeTable: [] });
});

const wrong: Record<string, [Partial<CreateTournamentInput>, RegExp]> = {
  'an end before the start': [{ startsAt: inSeconds(60), endsAt: inSeconds(50) }, /^input.endsAt: must be after/],
  'an end that has passed': [{ endsAt: inSeconds(-1) }, /^input.endsAt: must not have passed/],
  'a registration after the end': [{ registrationOpensAt: inSeconds(700) }, /^input.registrationOpensAt/],
  'a moment before all computers': [{ startsAt: '0000-01-01T00:00:00Z' }, /^input.startsAt: use a moment/],
  'a moment after all time': [{ endsAt: '9999-12-31T23:59:59-14:00' }, /^input.endsAt: use a moment/],
  'no capacity': [{ capacity: 0 }, /^input.capacity/],
  'no attempts': [{ maxAttempts: 0 }, /^input.maxAttempts/],
  'a grace period of more than a week': [{ graceSeconds: 604_801 }, /^input.graceSeconds/],
  'a claim that expires at once': [{ claimExpiresAfterSeconds: 0 }, /^input.claimExpiresAfterSeconds/],
  'too much metadata': [{ metadata: 'x'.repeat(1_025) }, /^input.metadata/],
  'an empty name': [{ name: ' ' }, /^input.name/],
  'overlapping ranks': [
    {
      prizeTable: [
        { fromRank: 1, toRank: 5, coins: 1, gems: 0 },
        { fromRank: 5, toRank: 6, coins: 1, gems: 0 },
      ],
    },
    /^input.prizeTable: rank 5/,
  ],
  'a share of more than all': [
    { percentPrizes: [{ fromPercent: 0, toPercent: 101, coins: 1, gems: 0 }] },
    /^input.percentPrizes/,
  ],
  'nothing for taking part': [{ participationPrize: { coins: 0, gems: 0 } }, /^input.participationPrize/],
};

test.for(Object.entries(wrong))('%s is refused', async ([, [given, message]]) => {
  expect(await answerTo(tournamentInput(given))).toEqual({
    __typename: 'ValidationError',
    code: 'VALIDATION',
    message: expect.stringMatching(message),
  });
});

test('a tournament needs a board', async () => {
  expect(await answerTo(tournamentInput({ leaderboard: 'none' }))).toMatchObject({ __typename: 'NotFoundError' });
  expect(await answerTo(tournamentInput({ game: 'none' }))).toMatchObject({ __typename: 'NotFoundError' });
});

test('board, name and start are unique together, until the tournament is cancelled', async () => {
  const input = tournamentInput({ startsAt: inSeconds(30) });
  const { id } = await create(input);
  expect(await answerTo(input)).toMatchObject({ __typename: 'ConflictError' });
  const other = await create({ startsAt: input.startsAt });
  const renaming = { tournament: other.id, name: input.name };
  const renamed = await send(app.url, UpdateTournament, { input: renaming }, admin);
  expect(renamed.data.updateTournament).toMatchObject({ __typename: 'ConflictError' });
  await send(app.url, CancelTournament, { tournament: id }, admin);
  expect(await answerTo(input)).toMatchObject({ __typename: 'Tournament' });
});
