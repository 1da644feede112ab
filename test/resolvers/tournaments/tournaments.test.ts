import { afterAll, beforeAll, expect, test } from 'vitest';
import { settleTournament } from '../../../src/db/tournaments/settleTournament.ts';
import type { CreateTournamentInput, UpdateTournamentInput } from '../../generated/graphql.ts';
import { send, startTestApp, type TestApp } from '../../setup/app.ts';
import { createBoard, signIn, type TestPlayer } from '../../setup/documents.ts';
import { readPages } from '../../setup/readPages.ts';
import {
  CancelTournament,
  CreateTournament,
  EndTournament,
  JoinTournament,
  TournamentById,
  Tournaments,
  UpdateTournament,
} from '../../setup/tournamentDocuments.ts';
import { passEnd, secondsFromNow, tournamentInput } from '../../setup/tournaments.ts';

let app: TestApp;
let admin: string;
let player: TestPlayer;
beforeAll(async () => {
  app = await startTestApp({ env: { ROLES: 'api' } });
  await createBoard(app);
  admin = await app.tokenFor('admin', 'admin');
  player = await signIn(app);
});
afterAll(() => app.stop());

const idIn = (globalId: string) => atob(globalId).split(':')[1] ?? '';
const inSeconds = (seconds: number) => secondsFromNow(seconds).toISOString();

async function create(given: Partial<CreateTournamentInput> = {}) {
  const { data } = await send(app.url, CreateTournament, { input: tournamentInput(given) }, admin);
  if (data.createTournament.__typename !== 'Tournament') throw new Error(data.createTournament.message);
  return data.createTournament;
}

async function update(input: UpdateTournamentInput) {
  return (await send(app.url, UpdateTournament, { input }, admin)).data.updateTournament;
}

const end = async (tournament: string) =>
  (await send(app.url, EndTournament, { tournament }, admin)).data.endTournament;
const cancel = async (tournament: string) =>
  (await send(app.url, CancelTournament, { tournament }, admin)).data.cancelTournament;
const join = async (tournament: string, { token } = player) =>
  (await send(app.url, JoinTournament, { tournament }, token)).data.joinTournament;
const read = async (id: string, token?: string) => (await send(app.url, TournamentById, { id }, token)).data.tournament;

test('before the start everything may change, and what is left out stays', async () => {
  const created = await create({ startsAt: inSeconds(60), capacity: 5, metadata: 1, maxAttempts: 2 });
  const { id: tournament } = created;
  const endsAt = inSeconds(999);
  expect(await update({ tournament, endsAt, capacity: null, joinRequired: true })).toMatchObject({
    ...created,
    endsAt,
    capacity: null,
    joinRequired: true,
  });
  const percentPrizes = [{ fromPercent: 0, toPercent: 1, coins: 1, gems: 1 }];
  expect(await update({ tournament, percentPrizes, metadata: null })).toMatchObject({
    prizeTable: created.prizeTable,
    percentPrizes,
    metadata: null,
    maxAttempts: 2,
  });
  expect(await update({ tournament, name: 'Renamed', maxAttempts: null })).toMatchObject({
    name: 'Renamed',
    maxAttempts: null,
  });
});

test('once it is open, the rules stand, and the end may move but not into the past', async () => {
  const { id: tournament } = await create();
  expect(await update({ tournament, maxAttempts: 1 })).toMatchObject({
    __typename: 'TournamentStateError',
    state: 'OPEN',
    message: 'maxAttempts cannot be changed any more: the tournament is OPEN.',
  });
  expect(await update({ tournament, endsAt: inSeconds(-1) })).toMatchObject({ __typename: 'ValidationError' });
  const endsAt = inSeconds(5_000);
  expect(await update({ tournament, endsAt, name: 'Longer' })).toMatchObject({ endsAt, name: 'Longer' });
});

test('the capacity is not set below the entries', async () => {
  const { id: tournament } = await create({ startsAt: inSeconds(60) });
  await join(tournament);
  await join(tournament, await signIn(app));
  expect(await update({ tournament, capacity: 1 })).toMatchObject({ __typename: 'ValidationError' });
  expect(await update({ tournament, capacity: 2 })).toMatchObject({ capacity: 2 });
});

test('an open tournament is ended by hand once, and then takes nobody in', async () => {
  const { id } = await create();
  const ended = await end(id);
  expect(ended).toMatchObject({ __typename: 'Tournament', state: 'ENDED', endedAt: expect.any(String) });
  expect(await end(id)).toEqual(ended);
  expect(await join(id)).toMatchObject({ __typename: 'TournamentClosedError', state: 'ENDED' });
  expect(await end((await create({ startsAt: inSeconds(60) })).id)).toMatchObject({ code: 'TOURNAMENT_STATE' });
});

test('a tournament is cancelled once, until it is settled', async () => {
  const { id } = await create();
  const cancelled = await cancel(id);
  expect(cancelled).toMatchObject({ __typename: 'Tournament', state: 'CANCELLED', cancelledAt: expect.any(String) });
  expect(await cancel(id)).toEqual(cancelled);
  expect(await join(id)).toMatchObject({ __typename: 'TournamentClosedError', state: 'CANCELLED' });
  expect(await end(id)).toMatchObject({ code: 'TOURNAMENT_STATE' });

  const settled = await create({ name: 'Settled' });
  await passEnd(app.core.database, { id: idIn(settled.id) });
  await settleTournament(app.core.database, idIn(settled.id));
  expect(await cancel(settled.id)).toMatchObject({ __typename: 'TournamentStateError' });
  expect(await read(settled.id)).toMatchObject({ state: 'SETTLED', cancelledAt: null });
});

test('joining twice is one entry and answers alike', async () => {
  const { id } = await create({ joinRequired: true });
  expect(await read(id, player.token)).toMatchObject({ myEntry: null, entrants: 0 });
  const joined = await join(id);
  expect(joined).toMatchObject({ __typename: 'TournamentEntry', attempts: 0, bestScore: null, rank: null });
  expect(await join(id)).toEqual(joined);
  const { __typename: _, ...entry } = joined;
  expect(await read(id, player.token)).toMatchObject({ entrants: 1, myEntry: entry });
  expect(await read(id)).toMatchObject({ myEntry: null });
  expect(await read(id, admin)).toMatchObject({ myEntry: null });
});

test('joining again answers with the entry also when no more may enter', async () => {
  const { id } = await create({ capacity: 1 });
  const joined = await join(id);
  const late = await signIn(app);
  expect(await join(id, late)).toMatchObject({ __typename: 'TournamentFullError', capacity: 1 });
  await end(id);
  expect(await join(id)).toEqual(joined);
});

test('joining keeps to the registration window', async () => {
  const early = await create({ registrationOpensAt: inSeconds(60) });
  const late = await create({ registrationClosesAt: inSeconds(-1) });
  const scheduled = await create({ startsAt: inSeconds(60) });
  expect(await join(early.id)).toMatchObject({ __typename: 'TournamentClosedError', state: 'OPEN' });
  expect(await join(late.id)).toMatchObject({ __typename: 'TournamentClosedError', state: 'OPEN' });
  expect(await join(scheduled.id)).toMatchObject({ __typename: 'TournamentEntry' });
});

test('what is no tournament is not found', async () => {
  const nobody = btoa('Tournament:01234567-89ab-4def-8123-456789abcdef');
  for (const id of [nobody, player.id, btoa('Tournament:5'), 'text']) {
    expect(await join(id)).toMatchObject({ __typename: 'NotFoundError' });
    expect(await end(id)).toMatchObject({ __typename: 'NotFoundError' });
    expect(await cancel(id)).toMatchObject({ __typename: 'NotFoundError' });
    expect(await update({ tournament: id })).toMatchObject({ __typename: 'NotFoundError' });
    expect(await read(id)).toBeNull();
  }
});

test('only admins make, change, end and cancel, and only players join', async () => {
  const { id } = await create();
  const server = await app.tokenFor('server', 'server');
  for (const token of [player.token, server]) {
    const refusals = await Promise.all([
      send(app.url, CreateTournament, { input: tournamentInput() }, token),
      send(app.url, UpdateTournament, { input: { tournament: id } }, token),
      send(app.url, EndTournament, { tournament: id }, token),
      send(app.url, CancelTournament, { tournament: id }, token),
    ]);
    expect(refusals.map(({ errors }) => errors[0]?.extensions.code)).toEqual(
      Array.from({ length: 4 }, () => 'FORBIDDEN'),
    );
  }
  const [anonymous, asAdmin] = await Promise.all([
    send(app.url, JoinTournament, { tournament: id }),
    send(app.url, JoinTournament, { tournament: id }, admin),
  ]);
  expect(anonymous.errors[0]?.extensions.code).toBe('UNAUTHENTICATED');
  expect(asAdmin.errors[0]?.extensions.code).toBe('FORBIDDEN');
});

test('the tournaments of a game are listed by start, in the states that are asked for', async () => {
  const { data } = await send(app.url, Tournaments, { game: 'g', first: 100 });
  const all = data.tournaments.edges.map(({ node }) => node);
  expect(all.length).toBeGreaterThan(10);
  for (const states of [['OPEN'], ['SCHEDULED', 'CANCELLED'], ['SETTLED'], []] as const) {
    const answer = await send(app.url, Tournaments, { game: 'g', states: [...states], first: 100 });
    const wanted: string[] = [...states];
    expect(answer.data.tournaments.edges.map(({ node }) => node)).toEqual(
      all.filter(({ state }) => wanted.includes(state)),
    );
  }

  const paged = await readPages(
    async (after) => (await send(app.url, Tournaments, { game: 'g', first: 7, after })).data.tournaments,
  );
  expect(paged).toEqual(all);
  expect((await send(app.url, Tournaments, { game: 'none' })).data.tournaments.edges).toEqual([]);
});

test.for([
  ['garbage', { after: 'garbage' }],
  ['a moment after all time', { after: btoa(`999999999999999 ${crypto.randomUUID()}`) }],
  ['a page of none', { first: 0 }],
  ['a page of 101', { first: 101 }],
])('%s is refused', async ([, page]) => {
  const { status, errors } = await send(app.url, Tournaments, { game: 'g', ...(page as object) });
  expect([status, errors[0]?.extensions.code]).toEqual([400, 'BAD_USER_INPUT']);
});
