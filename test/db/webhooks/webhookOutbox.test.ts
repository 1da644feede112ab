import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { deletePlayer } from '../../../src/db/players/deletePlayer.ts';
import { claimPrize } from '../../../src/db/prizes/claimPrize.ts';
import { noteStartsAndEnds } from '../../../src/db/tournaments/noteStartsAndEnds.ts';
import { settleTournament } from '../../../src/db/tournaments/settleTournament.ts';
import { deleteOldWebhookEvents, markHandedOver, readWebhookOutbox } from '../../../src/db/webhooks/webhookOutbox.ts';
import { insertWebhook } from '../../../src/db/webhooks/webhooks.ts';
import type { Leaderboard } from '../../../src/domain/leaderboards/leaderboard.ts';
import { WEBHOOK_EVENTS } from '../../../src/domain/webhooks/webhook.ts';
import { type BoardStore, openBoardStore } from '../../setup/boards.ts';
import { enterWithScores, makeTournament, passEnd, prizeRows, secondsFromNow } from '../../setup/tournaments.ts';

let store: BoardStore;
beforeAll(async () => {
  store = await openBoardStore();
});
afterAll(() => store.database.close());

type Row = { type: string; subjectId: string; data: Record<string, unknown> };

/** A board whose game has a webhook that was there long before. */
async function watchedBoard(url: string): Promise<Leaderboard> {
  const board = await store.newBoard();
  await insertWebhook(store.database, { gameId: board.gameId, url, secret: 's', events: [...WEBHOOK_EVENTS] });
  await store.database.rows(sql`update webhooks set created_at = clock_timestamp() - interval '1 year'`);
  return board;
}

const eventsOf = (subjectId: string) =>
  store.database.rows<Row>(sql`
    select type, subject_id as "subjectId", data from webhook_events where subject_id = ${subjectId}::uuid order by seq`);

test('starts and ends that passed while nobody ran are noted in their order, and once by whoever looks at once', async () => {
  const board = await watchedBoard('https://game.example/1');
  const early = await makeTournament(store.database, board, {
    startsAt: secondsFromNow(-300),
    endsAt: secondsFromNow(-100),
    graceS: 3_600,
  });
  const late = await makeTournament(store.database, board, { startsAt: secondsFromNow(-200) });
  await Promise.all(Array.from({ length: 8 }, () => noteStartsAndEnds(store.database)));
  const rows = await store.database.rows<Row>(
    sql`select type, subject_id as "subjectId" from webhook_events order by seq`,
  );
  expect(rows).toEqual([
    { type: 'tournament.started', subjectId: early.id },
    { type: 'tournament.started', subjectId: late.id },
    { type: 'tournament.ended', subjectId: early.id },
  ]);
});

test('a settlement notes start and end as well when nobody has looked before it', async () => {
  const board = await watchedBoard('https://game.example/2');
  const tournament = await makeTournament(store.database, board);
  await passEnd(store.database, tournament);
  await settleTournament(store.database, tournament.id);
  await settleTournament(store.database, tournament.id);
  await noteStartsAndEnds(store.database);
  expect((await eventsOf(tournament.id)).map(({ type }) => type)).toEqual([
    'tournament.started',
    'tournament.ended',
    'tournament.settled',
  ]);
});

test('what happened before there was a webhook is not told', async () => {
  const board = await store.newBoard();
  const tournament = await makeTournament(store.database, board);
  await insertWebhook(store.database, {
    gameId: board.gameId,
    url: 'https://game.example/3',
    secret: 's',
    events: [...WEBHOOK_EVENTS],
  });
  await noteStartsAndEnds(store.database);
  expect(await eventsOf(tournament.id)).toEqual([]);
});

test('a deleted player is in no event any more, and events go a month after they were handed over', async () => {
  const board = await watchedBoard('https://game.example/4');
  const tournament = await makeTournament(store.database, board);
  const [playerId = ''] = await store.newPlayers(1);
  await enterWithScores(store.database, tournament, [{ playerId, score: 1 }]);
  await passEnd(store.database, tournament);
  await settleTournament(store.database, tournament.id);
  const [prize] = await store.database.rows<{ id: string }>(
    sql`select id from prizes where tournament_id = ${tournament.id}::uuid`,
  );
  expect(await prizeRows(store.database, tournament)).toHaveLength(1);
  const prizeId = prize?.id ?? '';
  await claimPrize(store.database, { prizeId, playerId });
  expect((await eventsOf(prizeId))[0]?.data).toMatchObject({ player: btoa(`Player:${playerId}`) });
  await deletePlayer(store.database, playerId);
  expect((await eventsOf(prizeId))[0]?.data).not.toHaveProperty('player');

  const waiting = await readWebhookOutbox(store.database, 1_000);
  await markHandedOver(store.database, waiting.eventIds);
  await deleteOldWebhookEvents(store.database, 30);
  expect(await eventsOf(prizeId)).toHaveLength(1);
  await store.database.rows(sql`update webhook_events set handed_over_at = handed_over_at - interval '31 days'`);
  await deleteOldWebhookEvents(store.database, 30);
  expect([await eventsOf(prizeId), await eventsOf(tournament.id)]).toEqual([[], []]);
  // Those of the first test's tournaments, which are not settled, stay: else they would be noted again.
  expect(await store.database.rows(sql`select id from webhook_events`)).toHaveLength(3);
});
