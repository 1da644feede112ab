import { expect, test } from 'vitest';
import { insertWebhook } from '../../src/db/webhooks/webhooks.ts';
import { openBoardStore } from '../setup/boards.ts';
import { isSigned, openReceiver } from '../setup/receiver.ts';
import { spawnServer } from '../setup/serverUnderTest.ts';
import { makeTournament, secondsFromNow } from '../setup/tournaments.ts';

test('two workers tell each event of 50 tournaments once, and what one has in hand at its kill -9 is told by the other', async () => {
  const store = await openBoardStore();
  const receiver = await openReceiver();
  const env = { DATABASE_URL: store.databaseUrl, WEBHOOK_HTTP: 'true' };
  const [first, second] = await Promise.all([spawnServer(env), spawnServer(env)]);
  const board = await store.newBoard();
  const secret = 'secret';
  const events = ['tournament.started' as const, 'tournament.settled' as const];
  await insertWebhook(store.database, { gameId: board.gameId, url: receiver.url, secret, events });

  const [startsAt, endsAt] = [secondsFromNow(1), secondsFromNow(1.5)];
  await Promise.all(Array.from({ length: 50 }, () => makeTournament(store.database, board, { startsAt, endsAt })));
  await expect.poll(() => receiver.received.length, { timeout: 30_000 }).toBe(100);
  expect(new Set(receiver.received.map(({ id }) => id)).size).toBe(100);
  expect(receiver.received.every((one) => isSigned(one, secret))).toBe(true);

  // Both wait for an answer to their share of the next ones.
  receiver.answer(() => {});
  await Promise.all(
    Array.from({ length: 50 }, () => makeTournament(store.database, board, { startsAt: secondsFromNow(0.5) })),
  );
  await expect.poll(() => receiver.received.length, { timeout: 30_000 }).toBeGreaterThan(120);
  const taken = new Set<string | undefined>();
  receiver.answer((response, index) => {
    taken.add(receiver.received[index - 1]?.id);
    response.writeHead(200).end();
  });
  await first?.end('SIGKILL');
  await expect.poll(() => taken.size, { timeout: 90_000 }).toBe(50);
  await second?.end();
  receiver.close();
  await store.close();
}, 150_000);
