import { readFileSync } from 'node:fs';
import { sql } from 'drizzle-orm';
import { inject } from 'vitest';
import postgres from 'postgres';
import { expect, test } from 'vitest';
import { openDatabase } from '../../src/db/open.ts';
import { insertTournamentSeries, loadTournamentSeries } from '../../src/db/tournaments/tournamentSeries.ts';
import type { PayoutRule } from '../../src/domain/prizes/payoutRule.ts';
import { RULES_DEFAULT } from '../../src/domain/tournaments/tournament.ts';
import { verify } from '../../src/verify/verify.ts';
import { openBoardStore } from '../setup/boards.ts';
import { makeTournament, reload } from '../setup/tournaments.ts';

test('every migration applies to an empty database, also when two instances start at once', async () => {
  const template = inject('templateDatabase');
  const name = `${template}_empty`;
  const admin = postgres(inject('postgresUrl'), { max: 1, onnotice: () => {} });
  await admin.unsafe(`create database ${name}`);
  await admin.end();
  const url = new URL(inject('postgresUrl'));
  url.pathname = `/${name}`;
  const databases = await Promise.all([1, 2, 3].map(() => openDatabase({ databaseUrl: url.href })));
  await Promise.all(databases.map((database) => database.migrate()));
  const [first] = databases;
  expect(first && (await verify(first))).toMatchObject({ leaderboards: 0, tournaments: 0, differences: [] });
  await Promise.all(databases.map((database) => database.close()));
});

test('the latest plays of players who scored before there was such a column are taken from the log', async () => {
  const store = await openBoardStore();
  const board = await store.newBoard();
  const players = await store.newPlayers(2);
  for (const idempotencyKey of ['a', 'b']) {
    const plays = players.map((playerId) => ({
      playerId,
      leaderboardId: board.id,
      score: 5,
      idempotencyKey,
      metadata: null,
    }));
    await Promise.all(plays.map(store.submitter.submit));
  }
  await store.database.rows(sql`update player_statistics set last_played_at = null`);
  const file = readFileSync(new URL('../../drizzle/0005_played_at.sql', import.meta.url), 'utf8');
  const fill = file.split('--> statement-breakpoint').at(-1) ?? '';
  await store.database.rows(sql.raw(fill));
  expect(await verify(store.database)).toMatchObject({ submissions: 4, differences: [] });
  await store.database.close();
});

test('payout rules that were stored under their former names are kept', async () => {
  const store = await openBoardStore();
  const { database } = store;
  const board = await store.newBoard();
  const payoutRule: PayoutRule = {
    ranks: [{ fromRank: 1, toRank: 1, coins: 3, gems: 2 }],
    percentPrizes: [{ fromPercent: 0, toPercent: 12.5, coins: 1, gems: 0 }],
    participation: null,
  };
  const given = await makeTournament(database, board, { payoutRule });
  const usual = await makeTournament(database, board, { name: 'Usual' });
  const rules = { ...RULES_DEFAULT, payoutRule, registrationOpensBeforeS: null, registrationClosesAfterS: null };
  const start = { nextStartsAt: new Date(), makesNextAt: new Date() };
  const plan = { name: 'Weekly', cron: '0 0 * * 1', timeZone: 'UTC', durationS: 60, ...start };
  const series = await insertTournamentSeries(database, {
    ...plan,
    gameId: board.gameId,
    leaderboardId: board.id,
    rules,
  });
  await database.rows(sql`update tournaments set payout_rule =
    (payout_rule - 'percentPrizes') || jsonb_build_object('percents', payout_rule->'percentPrizes')`);
  await database.rows(sql`update tournament_series set rules = (rules - 'payoutRule') ||
    '{"prizeTable": {"ranks": [{"fromRank": 1, "toRank": 1, "coins": 3, "gems": 2}], "participation": null,
    "percents": [{"fromPercent": 0, "toPercent": 12.5, "coins": 1, "gems": 0}]}}'`);
  await database.rows(sql`alter table tournaments rename column payout_rule to prize_table`);
  const file = readFileSync(new URL('../../drizzle/0009_payout_rule.sql', import.meta.url), 'utf8');
  for (const statement of file.split('--> statement-breakpoint')) await database.rows(sql.raw(statement));
  expect((await reload(database, given)).payoutRule).toEqual(payoutRule);
  expect((await reload(database, usual)).payoutRule).toEqual(usual.payoutRule);
  const [kept] = await loadTournamentSeries(database, [series?.id ?? '']);
  expect(kept?.rules).toEqual(rules);
  await database.close();
});

test('migrating a filled database again keeps what is in it', async () => {
  const store = await openBoardStore();
  const board = await store.newBoard();
  const [playerId = ''] = await store.newPlayers(1);
  await store.submitter.submit({ playerId, leaderboardId: board.id, score: 5, idempotencyKey: 'k', metadata: null });
  await store.database.migrate();
  expect(await verify(store.database)).toMatchObject({ leaderboards: 1, submissions: 1, entries: 1, differences: [] });
  await store.database.close();
});
