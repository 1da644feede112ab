import { expect, test } from 'vitest';
import { createBoard } from '../setup/documents.ts';
import { send, startTestApp } from '../setup/app.ts';
import { cloneDatabase } from '../setup/database.ts';
import { request } from '../setup/http.ts';
import { openReceiver } from '../setup/receiver.ts';
import { startTcpProxy } from '../setup/tcpProxy.ts';
import { makeTournament, secondsFromNow } from '../setup/tournaments.ts';
import { CreateWebhook } from '../setup/webhookDocuments.ts';
import { sql } from 'drizzle-orm';

test('a database that goes away and comes back ends neither the process nor its deliveries, and the log shows no statement', async () => {
  const proxy = await startTcpProxy(await cloneDatabase());
  const receiver = await openReceiver();
  const app = await startTestApp({ env: { DATABASE_URL: proxy.url, WEBHOOK_HTTP: 'true' } });
  const unhandled: unknown[] = [];
  const note = (error: unknown) => unhandled.push(error);
  process.on('unhandledRejection', note);
  const { game } = await createBoard(app);
  const input = { game, url: receiver.url, events: ['TOURNAMENT_STARTED' as const] };
  await send(app.url, CreateWebhook, { input }, await app.tokenFor('admin', 'admin'));
  const start = async () => {
    const [board] = await app.core.database.rows<{ id: string; gameId: string }>(
      sql`select id, game_id as "gameId" from leaderboards`,
    );
    await makeTournament(app.core.database, board ?? { id: '', gameId: '' }, { startsAt: secondsFromNow(0.2) });
  };
  await start();
  await expect.poll(() => receiver.received.length, { timeout: 15_000 }).toBe(1);

  await proxy.cut();
  const warned = () => app.logged.filter(({ msg }) => typeof msg === 'string' && /webhooks/.test(msg)).length;
  await expect.poll(warned, { timeout: 15_000 }).toBeGreaterThan(2);
  await proxy.restore();
  await expect.poll(async () => (await request(app.url, { path: '/readyz' })).status, { timeout: 10_000 }).toBe(200);
  await start();
  await expect.poll(() => receiver.received.length, { timeout: 15_000 }).toBe(2);

  await proxy.cut();
  const stoppedAt = performance.now();
  await app.stop();
  expect(performance.now() - stoppedAt).toBeLessThan(10_000);
  process.off('unhandledRejection', note);
  expect(unhandled).toEqual([]);
  expect(JSON.stringify(app.logged)).not.toMatch(/select |insert |update |pgboss\.job/i);
  receiver.close();
  await proxy.close();
}, 60_000);
