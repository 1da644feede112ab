import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { Leaderboard } from '../../src/domain/leaderboards/leaderboard.ts';
import { SCORE_MAX } from '../../src/domain/leaderboards/standingOrder.ts';
import type { StandingsRange } from '../../src/domain/leaderboards/standingsPage.ts';
import { createDeepReads, createSqlReader, type StandingsReader } from '../../src/mirror/standingsReader.ts';
import { type BoardStore, openBoardStore } from '../setup/boards.ts';

const SIZE = inject('isRealRedis') ? 20_000 : 400;

let store: BoardStore;
let inSql: StandingsReader;
beforeAll(async () => {
  store = await openBoardStore({ redisUrl: inject('redisUrl') });
  inSql = createSqlReader(store.database, createDeepReads());
});
afterAll(() => store.close());

/** Half of the scores are tied with many others, and some lie at the ends of what is exact. */
async function fill(board: Leaderboard): Promise<string[]> {
  await store.database.orm.execute(sql`
    with made as (
      insert into players (nickname) select 'Player ' || n from generate_series(1, ${SIZE}::int) n returning id
    ), period as (
      insert into board_periods (leaderboard_id, cadence, key, revision, size)
      values (${board.id}, 'ALL_TIME', 'ALL', ${SIZE}::int, ${SIZE}::int) returning id
    ), scored as (
      select id, case (random() * 9)::int
        when 0 then ${SCORE_MAX}::int8 when 1 then -${SCORE_MAX}::int8 when 2 then ${SCORE_MAX}::int8 - (random() * 3)::int
        when 3 then (random() * ${SCORE_MAX}::int8)::int8 when 4 then -(random() * ${SCORE_MAX}::int8)::int8
        else (random() * 2000)::int - 1000 end as order_key
      from made
    ), logged as (
      insert into submissions (player_id, leaderboard_id, score, idempotency_key, payload_hash, submitted_at, outcome, effect)
      select id, ${board.id}, order_key, 'fill', '', now(), 'IMPROVED', '{"previous":null,"entries":[]}' from scored
      returning seq, player_id, score
    )
    insert into entries (period_id, player_id, order_key, reached_seq, revision)
    select period.id, player_id, score, seq, 1 + seq % (${SIZE}::int / 2) from logged, period`);
  const rows = await store.database.rows<{ id: string }>(sql`
    select player_id as id from entries e join board_periods p on p.id = e.period_id
    where p.leaderboard_id = ${board.id} order by random()`);
  return rows.map(({ id }) => id);
}

/** All rows with all their ranks, by the window functions of PostgreSQL. */
async function rankAll(board: Leaderboard) {
  return store.database.rows(sql`
    select player_id as id, order_key as score, reached_seq as "reachedSeq",
      row_number() over (order by order_key, reached_seq)::int as ordinal,
      rank() over (order by order_key)::int as competition, dense_rank() over (order by order_key)::int as dense
    from entries e join board_periods p on p.id = e.period_id where p.leaderboard_id = ${board.id}
    order by order_key, reached_seq`);
}

test('every rank, page, neighbourhood and shared rank of a large board from Redis equals that from PostgreSQL', async () => {
  const board = await store.newBoard({ sortOrder: 'ASCENDING', operator: 'LATEST' });
  const players = await fill(board);
  const rebuilt = await store.mirroring?.keeper.rebuild({
    leaderboardId: board.id,
    cadence: 'ALL_TIME',
    periodKey: 'ALL',
  });
  expect(rebuilt).toMatchObject({ entries: SIZE, revision: SIZE });

  const compare = async (range: StandingsRange) => {
    const query = { leaderboardId: board.id, cadence: 'ALL_TIME' as const, at: null, range, dense: true };
    const [fromRedis, fromSql] = await Promise.all([store.reader.page(query), inSql.page(query)]);
    expect(fromRedis.source).toBe('redis');
    expect(fromRedis).toEqual({ ...fromSql, source: 'redis' });
    return fromRedis;
  };
  const ranked = await rankAll(board);
  expect(ranked).toHaveLength(SIZE);
  for (let rank = 1; rank <= SIZE; rank += 100) {
    const range = { kind: 'fromRank' as const, rank, limit: 100 };
    const page = await store.reader.page({
      leaderboardId: board.id,
      cadence: 'ALL_TIME',
      at: null,
      range,
      dense: true,
    });
    expect(page.source).toBe('redis');
    const rows = page.rows.map(({ player, score, reachedSeq, ranks }) => ({
      id: player.id,
      score,
      reachedSeq,
      ...ranks,
    }));
    expect(rows).toEqual(ranked.slice(rank - 1, rank + 99));
  }
  for (let index = 0; index < 12; index += 1) {
    const some = players.slice(index * 30, index * 30 + 30);
    await compare({ kind: 'players', playerIds: some });
    const [playerId = ''] = some;
    const around = await compare({ kind: 'around', playerId, limit: 1 + (index % 20) });
    const [row] = around.rows;
    const cursor = { orderKey: row?.score ?? 0, reachedSeq: row?.reachedSeq ?? 0, periodKey: 'ALL' };
    // With a horizon most rows are left out, and the page is put together from a longer stretch.
    for (const horizon of [SIZE, Math.floor(SIZE / 3)]) {
      await compare({ kind: 'after', cursor: { ...cursor, horizon }, limit: 40 });
      await compare({ kind: 'before', cursor: { ...cursor, horizon }, limit: 40 });
    }
  }
  await compare({ kind: 'before', cursor: null, limit: 100 });
  await compare({ kind: 'players', playerIds: ['00000000-0000-4000-8000-000000000000'] });
  await compare({ kind: 'around', playerId: '00000000-0000-4000-8000-000000000000', limit: 5 });
  await compare({ kind: 'fromRank', rank: SIZE + 1, limit: 5 });
}, 120_000);
