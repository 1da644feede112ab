import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { settleTournament } from '../../src/db/tournaments/settleTournament.ts';
import { send } from '../setup/app.ts';
import { type BoardStore, openBoardStore } from '../setup/boards.ts';
import { type ServerUnderTest, spawnServer } from '../setup/serverUnderTest.ts';
import { tokenFor } from '../setup/tokens.ts';
import { Attempt, JoinTournament } from '../setup/tournamentDocuments.ts';
import { frozenRows, makeTournament, reload, requireVerified } from '../setup/tournaments.ts';

let store: BoardStore;
let servers: ServerUnderTest[];
beforeAll(async () => {
  store = await openBoardStore();
  servers = await Promise.all([1, 2].map(() => spawnServer({ DATABASE_URL: store.databaseUrl, ROLES: 'api' })));
});
afterAll(async () => {
  await requireVerified(store.database);
  await Promise.all([store.database.close(), ...servers.map((server) => server.end())]);
});

const urlOf = (index: number) => servers[index % 2]?.url ?? '';
const globalId = (id: string) => btoa(`Tournament:${id}`);

async function newTournament(given: Parameters<typeof makeTournament>[2]) {
  const board = await store.newBoard();
  const game = board.slug;
  return {
    board,
    input: { game, leaderboard: board.slug },
    tournament: await makeTournament(store.database, board, given),
  };
}

for (const joinRequired of [false, true]) {
  test(`of 200 submissions at once over two processes exactly 3 are a player's attempts, joining ${joinRequired ? 'required' : 'not required'}`, async () => {
    const { input, tournament } = await newTournament({ maxAttempts: 3, joinRequired });
    const [playerId = ''] = await store.newPlayers(1);
    const token = await tokenFor(playerId, 'player');
    const id = globalId(tournament.id);
    if (joinRequired) await send(urlOf(0), JoinTournament, { tournament: id }, token);
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, index) => {
        const score = { ...input, score: index, idempotencyKey: `play ${index}`, tournament: id };
        return send(urlOf(index), Attempt, { input: score }, token);
      }),
    );
    const results = answers.map(({ data }) => data.submitScore);
    const accepted = results.flatMap((result) => (result.__typename === 'Submission' ? [result.attempts] : []));
    expect(new Set(accepted.map(([attempt]) => attempt?.number))).toEqual(new Set([1, 2, 3]));
    expect(accepted).toHaveLength(3);
    expect(results.filter(({ __typename }) => __typename === 'AttemptLimitError')).toHaveLength(197);
    expect(await reload(store.database, tournament)).toMatchObject({ entrants: 1 });
  }, 60_000);
}

test('without a joining, 300 first submissions at once for a capacity of 50 enter exactly 50, and all count on the board', async () => {
  const { board, input, tournament } = await newTournament({ capacity: 50, joinRequired: false });
  const players = await store.newPlayers(300);
  const answers = await Promise.all(
    players.map(async (playerId, index) => {
      const token = await tokenFor(playerId, 'player');
      return send(urlOf(index), Attempt, { input: { ...input, score: index, idempotencyKey: 'play' } }, token);
    }),
  );
  const results = answers.map(({ data }) => data.submitScore);
  const attempts = results.flatMap((result) => (result.__typename === 'Submission' ? [result.attempts] : []));
  expect(attempts).toHaveLength(300);
  expect(attempts.filter((counted) => counted.length === 1)).toHaveLength(50);
  expect(await reload(store.database, tournament)).toMatchObject({ entrants: 50 });
  expect((await store.reader.top(board.id, 'ALL_TIME', 1)).size).toBe(300);
}, 60_000);

test('of thousands of submissions around the end each is in the standings or refused, also when settled at once', async () => {
  const { input, tournament } = await newTournament({ joinRequired: false, graceS: 0 });
  const endSoon = () =>
    store.database.rows(sql`
      update tournaments set ends_at = date_trunc('milliseconds', clock_timestamp()) + interval '50 milliseconds'
      where id = ${tournament.id}::uuid`);
  const id = globalId(tournament.id);
  const players = await store.newPlayers(32);
  const tokens = await Promise.all(players.map((playerId) => tokenFor(playerId, 'player')));
  const accepted: { playerId: string; score: number; seq: number }[] = [];
  const refused: string[] = [];
  let score = 0;
  const ending: Promise<unknown>[] = [];
  const settling: Promise<unknown>[] = [];
  await Promise.all(
    players.map(async (playerId, runner) => {
      for (let late = 0; late < 20;) {
        score += 1;
        const play = { ...input, score, idempotencyKey: `play ${score}`, tournament: id };
        const { data } = await send(urlOf(runner + score), Attempt, { input: play }, tokens[runner]);
        const result = data.submitScore;
        if (result.__typename === 'Submission') {
          accepted.push({ playerId, score: play.score, seq: Number(atob(result.id).split(':')[1]) });
          if (accepted.length >= 1_500) ending[0] ??= endSoon();
        } else {
          refused.push(result.__typename);
          late += 1;
          // While others are still on their way.
          settling[0] ??= settleTournament(store.database, tournament.id);
        }
      }
    }),
  );
  await ending[0];
  expect(await settling[0]).toMatchObject({ outcome: 'SETTLED' });
  expect(new Set(refused)).toEqual(new Set(['TournamentClosedError']));
  expect(accepted.length).toBeGreaterThanOrEqual(1_500);
  const best = new Map<string, { orderKey: number; reachedSeq: number }>();
  for (const play of accepted.toSorted((a, b) => a.seq - b.seq)) {
    const held = best.get(play.playerId);
    if (!held || -play.score < held.orderKey) best.set(play.playerId, { orderKey: -play.score, reachedSeq: play.seq });
  }
  const expected = [...best].map(([playerId, value]) => ({ playerId, ...value }));
  const frozen = await frozenRows(store.database, tournament);
  const ranked = expected
    .toSorted((a, b) => a.orderKey - b.orderKey)
    .map((row, index) => ({ rank: index + 1, ...row }));
  expect(frozen).toEqual(ranked);
}, 60_000);

test('a late score that was decided just before the end of the grace period is settled with the others', async () => {
  const { board, tournament } = await newTournament({ joinRequired: false });
  const { database, submitter } = store;
  const [early = '', late = ''] = await store.newPlayers(2);
  const play = { leaderboardId: board.id, score: 1, idempotencyKey: 'play', metadata: null };
  await submitter.submit({ ...play, playerId: early });
  await database.rows(sql`
    update tournaments set grace_s = 1, ends_at = date_trunc('milliseconds', clock_timestamp()) - interval '600 ms'
    where id = ${tournament.id}::uuid`);
  const { endsAt } = await reload(database, tournament);
  const playedAt = new Date(endsAt.getTime() - 1);
  const under = await database.transaction(async (tx) => {
    // What a submission locks last: it waits here, decided and not committed.
    await tx.rows(sql`select 1 from board_periods where leaderboard_id = ${board.id}::uuid for update`);
    const submitted = submitter.submit({ ...play, playerId: late, playedAt });
    await expect.poll(waiting, { interval: 5 }).toBe(1);
    const isOver = async () => (await reload(database, tournament)).readAt.getTime() >= endsAt.getTime() + 1_000;
    await expect.poll(isOver, { interval: 5 }).toBe(true);
    const settled = settleTournament(database, tournament.id);
    await expect.poll(waiting, { interval: 5 }).toBe(2);
    return { submitted, settled };
  });
  expect(await under.submitted).toMatchObject({ attempts: [{ tournamentId: tournament.id }] });
  expect(await under.settled).toMatchObject({ outcome: 'SETTLED', standings: 2 });
});

test('a player who joins while their submissions arrive has one entry', async () => {
  const { input, tournament } = await newTournament({ joinRequired: false });
  const players = await store.newPlayers(40);
  await Promise.all(
    players.flatMap((playerId, index) => {
      const tokens = tokenFor(playerId, 'player');
      const plays = [1, 2, 3].map(async (score) =>
        send(urlOf(index + score), Attempt, { input: { ...input, score, idempotencyKey: `${score}` } }, await tokens),
      );
      return [
        ...plays,
        tokens.then((token) => send(urlOf(index), JoinTournament, { tournament: globalId(tournament.id) }, token)),
      ];
    }),
  );
  expect(await reload(store.database, tournament)).toMatchObject({ entrants: 40 });
}, 60_000);

/** How many statements wait for a lock. */
async function waiting(): Promise<number | undefined> {
  const [row] = await store.database.rows<{ count: number }>(sql`
    select count(*)::int as count from pg_stat_activity
    where wait_event_type = 'Lock' and datname = current_database()`);
  return row?.count;
}
