import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { openBoardStore } from '../setup/boards.ts';

test('the top of a large board and the count ahead of a player are read from the standing-order index', async () => {
  const { database, newBoard } = await openBoardStore();
  const board = await newBoard();
  await database.rows(sql`
    insert into board_periods (leaderboard_id, cadence, key, size) values (${board.id}, 'ALL_TIME', 'ALL', 50000)`);
  await database.rows(sql`
    insert into entries (period_id, player_id, order_key, reached_seq, revision)
    select (select id from board_periods), gen_random_uuid(), n % 977, n, n from generate_series(1, 50000) as n`);
  await database.rows(sql`analyze entries`);
  const plan = async (query: ReturnType<typeof sql>) =>
    (await database.rows<{ 'QUERY PLAN': string }>(sql`explain ${query}`)).map((row) => row['QUERY PLAN']).join('\n');
  const inPeriod = sql`period_id = (select id from board_periods limit 1)`;
  const top = await plan(sql`select * from entries where ${inPeriod} order by order_key, reached_seq limit 10`);
  expect(top).toContain('Index Scan using entries_standing_order');
  expect(top).not.toContain('Sort');
  const ahead = await plan(
    sql`select count(*) from entries where ${inPeriod} and (order_key, reached_seq) < (20::int8, 5000::int8)`,
  );
  expect(ahead).toContain('entries_standing_order');
  await database.close();
});
