import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { insertTournamentSeries } from '../../src/db/tournaments/tournamentSeries.ts';
import { PRESET } from '../../src/domain/prizes/payoutRule.ts';
import { RULES_DEFAULT } from '../../src/domain/tournaments/tournament.ts';
import { startTestApp, type TestApp } from '../setup/app.ts';
import { createBoard, signIn, type TestPlayer } from '../setup/documents.ts';
import { bearer, post } from '../setup/http.ts';
import { enterWithScores, makeTournament, secondsFromNow } from '../setup/tournaments.ts';

const ROWS = 5;

const globalId = (type: string, id: string) => Buffer.from(`${type}:${id}`).toString('base64');

let app: TestApp;
let ada: TestPlayer;
let admin: string;
/** Global ids, for documents. */
const ids = { series: '', settled: '', open: '', lone: '' };
beforeAll(async () => {
  app = await startTestApp({ env: { ROLES: 'api' } });
  admin = await app.tokenFor('admin', 'admin');
  await createBoard(app);
  const players = await Promise.all(Array.from({ length: ROWS }, (_, index) => signIn(app, `Player ${index}`)));
  ada = players[0] as TestPlayer;
  await fill(players.map(({ id }) => id));
});
afterAll(() => app.stop());

/** Five rows in each list, some of them of the same moment, beside one that is left out. */
async function fill(players: string[]): Promise<void> {
  const { database } = app.core;
  const [board] = await database.rows<{ id: string; gameId: string }>(
    sql`select id, game_id as "gameId" from leaderboards`,
  );
  if (!board) throw new Error('no board');
  const [playerId = '', ...others] = await database
    .rows<{ id: string }>(sql`select id from players order by nickname`)
    .then((rows) => rows.map(({ id }) => id));
  expect(others).toHaveLength(players.length - 1);
  const rules = {
    ...RULES_DEFAULT,
    payoutRule: PRESET,
    registrationOpensBeforeS: null,
    registrationClosesAfterS: null,
  };
  const far = secondsFromNow(1e6);
  const owner = { gameId: board.gameId, leaderboardId: board.id };
  const plan = { cron: '0 0 * * 1', timeZone: 'UTC', durationS: 60, rules, nextStartsAt: far, makesNextAt: far };
  const series = await Promise.all(
    Array.from({ length: ROWS }, (_, index) =>
      insertTournamentSeries(database, { ...owner, ...plan, name: `S${index}` }),
    ),
  );
  await database.rows(sql`update tournament_series set created_at = date_trunc('minute', created_at)`);
  const seriesId = series[0]?.id ?? '';
  const settledAt = secondsFromNow(-10);
  for (let index = 0; index < ROWS; index += 1) {
    const startsAt = secondsFromNow(-5_000 + 100 * index);
    const made = await makeTournament(database, board, { seriesId, startsAt, endsAt: secondsFromNow(-100), settledAt });
    await database.rows(sql`
      insert into tournament_standings (tournament_id, rank, player_id, player_hash, order_key, reached_seq, attempts)
      values (${made.id}::uuid, 1, ${playerId}::uuid, '', 1, 1, 1)`);
    await database.rows(sql`
      insert into prizes (tournament_id, player_id, rank, coins, gems, awarded_at)
      values (${made.id}::uuid, ${playerId}::uuid, 3, 5, 0, ${settledAt.toISOString()}::timestamptz)`);
    if (index > 0) continue;
    ids.settled = globalId('Tournament', made.id);
    for (const [at, other] of [...others, null].entries()) {
      await database.rows(sql`
        insert into prizes (tournament_id, player_id, rank, coins, gems, awarded_at)
        values (${made.id}::uuid, ${other}::uuid, ${at < 2 ? at + 1 : at + 2}::int, 5, 0, clock_timestamp())`);
    }
  }
  ids.series = globalId('TournamentSeries', seriesId);
  const [open, lone] = [await makeTournament(database, board), await makeTournament(database, board)];
  const plays = [playerId, ...others].map((player, index) => ({ playerId: player, score: index % 3 }));
  await enterWithScores(database, open, plays);
  await enterWithScores(database, lone, plays.slice(0, 1));
  // Of another game, so that the lists of this one have five.
  await database.rows(sql`insert into games (slug, name) values ('other', 'Other')`);
  await database.rows(
    sql`update tournaments set game_id = (select id from games where slug = 'other') where series_id is null`,
  );
  ids.open = globalId('Tournament', open.id);
  ids.lone = globalId('Tournament', lone.id);
}

type Connection = { edges: { cursor: string }[]; pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean } };

/** The one connection of an answer, wherever it is. */
function connectionIn(value: unknown): Connection {
  if (typeof value !== 'object' || value === null) throw new Error('no connection');
  return 'edges' in value ? (value as Connection) : connectionIn(Object.values(value)[0]);
}

/** Asks for a page of the field, in what stands around it. */
async function read({ around, field }: Asked, args: string): Promise<Connection> {
  const [head = '', tail = ''] = around().split('…');
  const selection = '{ edges { cursor } pageInfo { hasNextPage hasPreviousPage } }';
  const [name, given] = field.split('/');
  const query = `{ ${head} ${name}(${[given, args].filter(Boolean).join(', ')}) ${selection} ${tail} }`;
  const token = name === 'prizes' && tail === '' ? ada.token : admin;
  const { text } = await post(app.url, { query }, bearer(token));
  const { data, errors } = JSON.parse(text) as { data: unknown; errors?: { message: string }[] };
  if (errors) throw new Error(errors[0]?.message);
  return connectionIn(data);
}

type Asked = { around: () => string; field: string };

const connections: Record<string, Asked> = {
  'Query.tournaments': { around: () => '…', field: 'tournaments/game: "g"' },
  'Query.tournamentSeries': { around: () => '…', field: 'tournamentSeries/game: "g"' },
  'Query.prizes': { around: () => '…', field: 'prizes' },
  'TournamentSeries.tournaments': {
    around: () => `node(id: "${ids.series}") { ... on TournamentSeries { … } }`,
    field: 'tournaments',
  },
  'Tournament.prizes': { around: () => `tournament(id: "${ids.settled}") { … }`, field: 'prizes' },
  'Tournament.previewPrizes': { around: () => `tournament(id: "${ids.open}") { … }`, field: 'previewPrizes' },
  'Tournament.standings': { around: () => `tournament(id: "${ids.open}") { … }`, field: 'standings' },
  'Player.tournamentHistory': { around: () => `player(id: "${ada.id}") { … }`, field: 'tournamentHistory' },
};

/** What a list of `size` rows answers: which of them, and whether there are others on either side. */
function windowOf(size: number, asked: { side: 'after' | 'before'; at: number | null; limit: number }) {
  const { side, at, limit } = asked;
  const from = side === 'after' ? (at ?? -1) + 1 : Math.max(0, (at ?? size) - limit);
  const to = side === 'after' ? Math.min(size, from + limit) : (at ?? size);
  if (from < to) return { from, to, hasPreviousPage: from > 0, hasNextPage: to < size };
  // What the cursor names is on neither side of it.
  const isBehind = size > 1;
  return { from, to: from, hasPreviousPage: side === 'after' && isBehind, hasNextPage: side === 'before' && isBehind };
}

test.each(Object.entries(connections))(
  'every page of %s has its rows, and flags that are true',
  async (_name, asked) => {
    const { edges: all } = await read(asked, 'first: 100');
    expect(new Set(all.map(({ cursor }) => cursor)).size).toBe(ROWS);
    for (const side of ['after', 'before'] as const) {
      for (const at of [null, ...all.keys()]) {
        for (const limit of [1, 2, ROWS, ROWS + 1]) {
          const cursor = at === null ? '' : `, ${side}: "${all[at]?.cursor}"`;
          const { edges, pageInfo } = await read(asked, `${side === 'after' ? 'first' : 'last'}: ${limit}${cursor}`);
          const { from, to, ...flags } = windowOf(ROWS, { side, at, limit });
          expect({ side, at, limit, edges, pageInfo }).toEqual({
            side,
            at,
            limit,
            edges: all.slice(from, to),
            pageInfo: flags,
          });
        }
      }
    }
  },
);

test.each(['previewPrizes', 'standings'])('nothing lies on either side of the only row of %s', async (field) => {
  const asked = { around: () => `tournament(id: "${ids.lone}") { … }`, field };
  const { edges, pageInfo } = await read(asked, 'last: 3');
  const [only] = edges;
  const none = { hasNextPage: false, hasPreviousPage: false };
  expect([edges.length, pageInfo]).toEqual([1, none]);
  for (const side of ['after', 'before']) {
    expect(await read(asked, `${side}: "${only?.cursor}"`)).toEqual({ edges: [], pageInfo: none });
  }
});

test.each(Object.entries(connections))('%s refuses arguments that name two pages', async (_name, asked) => {
  await expect(read(asked, 'first: 1, last: 1')).rejects.toThrow('Use first or last, not both.');
});
