import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { flatEvent, nestedEvent } from '../../domain/events/sampleEvents.ts';
import { send, startTestApp, type TestApp } from '../../setup/app.ts';
import { createBoard, signIn } from '../../setup/documents.ts';
import { DeadLetters, EventStats, receiptsOf, ReplayDeadLetters } from '../../setup/eventDocuments.ts';
import { requireVerified } from '../../setup/tournaments.ts';

let app: TestApp;
let admin: string;
beforeAll(async () => {
  app = await startTestApp();
  admin = await app.tokenFor('admin', 'admin');
  await createBoard(app);
});
afterAll(async () => {
  await requireVerified(app.core.database);
  await app.stop();
});

const WAIT = { timeout: 30_000, interval: 100 };

const lettersOf = async () =>
  (await send(app.url, DeadLetters, { projection: 'STATISTICS' }, admin)).data.deadLetters.edges.map(
    ({ node }) => node,
  );

/** What came, summed up; in every hour and type it adds up. */
async function totals() {
  const { eventStats } = (await send(app.url, EventStats, {}, admin)).data;
  const sums = { received: 0, processed: 0, pending: 0, dead: 0, duplicates: 0 };
  for (const { hour: _hour, type: _type, ...row } of eventStats) {
    expect(row.received).toBe(row.processed + row.pending + row.dead + row.duplicates);
    for (const [name, count] of Object.entries(row)) sums[name as keyof typeof sums] += count;
  }
  return sums;
}

test('a poison event becomes a dead letter beside 99 that count, and counts once when it is replayed after a mend', async () => {
  await app.core.database.rows(sql`
    create function refuse() returns trigger language plpgsql as $$ begin raise exception 'no bosses'; end $$`);
  await app.core.database.rows(sql`
    create trigger poison before insert on player_event_counts for each row
    when (new.type = 'boss_defeated') execute function refuse()`);
  const { id, token } = await signIn(app);
  const server = await app.tokenFor('arena', 'server');
  const others = Array.from({ length: 97 }, (_, index) => nestedEvent('player_score', `device ${index}`));
  const poison = nestedEvent('boss_defeated', id, { data: { score: 7, boss: 'Grumm' } });
  const batch = [nestedEvent('player_score', id), poison, ...others, nestedEvent('quest_completed', id)];
  const receipts = await receiptsOf(app.url, batch, server);
  await receiptsOf(app.url, batch.slice(0, 10), server);
  await vi.waitFor(async () => {
    expect(await totals()).toEqual({ received: 110, processed: 98, pending: 2, dead: 0, duplicates: 10 });
  }, WAIT);
  // Given up after 2, 4 and 8 seconds; what waited behind it is applied.
  await vi.waitFor(async () => expect(await lettersOf()).toHaveLength(1), WAIT);
  await vi.waitFor(async () => {
    expect(await totals()).toEqual({ received: 110, processed: 99, pending: 0, dead: 1, duplicates: 10 });
  }, WAIT);
  const [letter] = await lettersOf();
  expect(letter).toMatchObject({
    projection: 'STATISTICS',
    attempts: 4,
    reason: 'the database refused it (P0001)',
    event: { id: receipts[1]?.id, type: 'boss_defeated', payload: { score: 7, boss: 'Grumm' } },
  });

  await app.core.database.rows(sql`drop trigger poison on player_event_counts`);
  const replay = async (ids: string[] | null) =>
    (await send(app.url, ReplayDeadLetters, { ids }, admin)).data.replayDeadLetters;
  const ids = [letter?.id ?? ''];
  const counts = await Promise.all([replay(ids), replay(ids), replay(null)]);
  expect(counts.reduce((sum, result) => sum + ('count' in result ? result.count : 0), 0)).toBe(1);
  await vi.waitFor(async () => {
    expect(await totals()).toEqual({ received: 110, processed: 100, pending: 0, dead: 0, duplicates: 10 });
  }, WAIT);
  expect(await replay(ids)).toMatchObject({ count: 0 });
  const rows = await app.core.database.rows(sql`select events from player_event_counts where type = 'boss_defeated'`);
  expect(rows).toEqual([{ events: 1 }]);
  expect((await send(app.url, DeadLetters, {}, token)).errors[0]?.extensions.code).toBe('FORBIDDEN');
}, 60_000);

test('what came always adds up, also while it comes', async () => {
  const before = await totals();
  const { token } = await signIn(app);
  const batches = Array.from({ length: 20 }, (_, batch) =>
    Array.from({ length: 50 }, (__, index) => flatEvent('app_launched', { session_number: batch * 25 + index + 1 })),
  );
  let isSending = true;
  const looking = (async () => {
    while (isSending) await totals();
  })();
  await Promise.all(batches.map((events) => receiptsOf(app.url, events, token)));
  isSending = false;
  await looking;
  await vi.waitFor(async () => expect((await totals()).pending).toBe(0), WAIT);
  const after = await totals();
  expect(after.received - before.received).toBe(1_000);
  expect(after.processed - before.processed).toBe(525);
  expect(after.duplicates - before.duplicates).toBe(475);
});

test('statistics of events are of at most seven days', async () => {
  const { errors } = await send(
    app.url,
    EventStats,
    { from: '2026-01-01T00:00:00Z', to: '2026-01-09T00:00:00Z' },
    admin,
  );
  expect(errors[0]?.message).toBe('Ask for at most 7 days at once.');
});
