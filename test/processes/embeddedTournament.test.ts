import { afterAll, beforeAll, expect, test } from 'vitest';
import { listDueTournaments } from '../../src/db/tournaments/listDueTournaments.ts';
import { settleTournament } from '../../src/db/tournaments/settleTournament.ts';
import { send, startTestApp, type TestApp } from '../setup/app.ts';
import { createBoard, signIn } from '../setup/documents.ts';
import { listen, nextAfter } from '../setup/live.ts';
import { TournamentChanged } from '../setup/liveDocuments.ts';
import { AT_ONCE, expectNoneWatched, listenForPrizes, overWith, settle } from '../setup/liveTournaments.ts';
import { ClaimPrize, MyPrizes } from '../setup/prizeDocuments.ts';
import { CreateTournament, JoinTournament, TournamentById, TournamentStandings } from '../setup/tournamentDocuments.ts';
import { enterWithScores, passEnd, reload, requireConsistent, secondsFromNow } from '../setup/tournaments.ts';

let app: TestApp;
let board: { game: string; slug: string };
beforeAll(async () => {
  app = await startTestApp({ embedded: true, env: { ROLES: 'api' } });
  board = await createBoard(app);
});
afterAll(() => app.stop());

const idIn = (globalId: string) => atob(globalId).split(':')[1] ?? '';

test('with nothing installed, a tournament is made, entered, settled, and its prize claimed', async () => {
  const { database } = app.core;
  const { game, slug } = board;
  const input = {
    game,
    leaderboard: slug,
    name: 'Cup',
    startsAt: secondsFromNow(-60).toISOString(),
    endsAt: secondsFromNow(600).toISOString(),
  };
  const created = await send(app.url, CreateTournament, { input }, await app.tokenFor('admin', 'admin'));
  if (created.data.createTournament.__typename !== 'Tournament') throw new Error('not created');
  const { id } = created.data.createTournament;
  const [joiner, winner] = [await signIn(app, 'Ada'), await signIn(app, 'Bob')];
  const joined = await send(app.url, JoinTournament, { tournament: id }, joiner.token);
  expect(joined.data.joinTournament).toMatchObject({ __typename: 'TournamentEntry' });
  const tournament = await reload(database, { id: idIn(id) });
  await enterWithScores(database, tournament, [{ playerId: idIn(winner.id), score: 5 }]);

  await passEnd(database, tournament);
  expect(await listDueTournaments(database)).toEqual([tournament.id]);
  expect(await settleTournament(database, tournament.id)).toMatchObject({
    outcome: 'SETTLED',
    standings: 1,
    prizes: 1,
  });
  expect((await send(app.url, TournamentById, { id })).data.tournament).toMatchObject({
    state: 'SETTLED',
    entrants: 2,
  });
  const { data } = await send(app.url, TournamentStandings, { id });
  expect(data.tournament?.standings.edges.map(({ node }) => node.player.id)).toEqual([winner.id]);

  const mine = await send(app.url, MyPrizes, {}, winner.token);
  const prize = mine.data.prizes.edges[0]?.node.id ?? '';
  await send(app.url, ClaimPrize, { prize }, winner.token);
  const claimed = await send(app.url, MyPrizes, { state: 'CLAIMED' }, winner.token);
  expect(claimed.data.me?.wallet).toEqual({ coins: 5_000, gems: 250 });
  await requireConsistent(database);
});

test('with nothing installed, a tournament and its prize are heard live', async () => {
  const ada = await signIn(app, 'Ada');
  const tournament = await overWith(app, [ada]);
  const listening = listen(app.url, TournamentChanged, { id: btoa(`Tournament:${tournament.id}`) });
  await nextAfter(listening, 0);
  const [prizes] = await listenForPrizes(app, [ada]);
  await settle(app, tournament);
  expect((await nextAfter(listening, 1)).tournamentChanged).toMatchObject({ state: 'SETTLED' });
  await expect.poll(() => prizes?.tournaments(), AT_ONCE).toEqual([tournament.id]);
  listening.leave();
  prizes?.leave();
  await expectNoneWatched(app);
});
