import { sql } from 'drizzle-orm';
import { expect, test, vi } from 'vitest';
import type { Projection } from '../../src/consumers/projection.ts';
import { appendEvents } from '../../src/db/events/appendEvents.ts';
import type { NewEvent } from '../../src/domain/events/event.ts';
import { openTestLog, type TestLog } from '../setup/eventLog.ts';

const WAIT = { timeout: 15_000, interval: 20 };

/** Writes down each event that it is brought, in the order in which they are applied. */
const recorder: Projection = {
  name: 'statistics',
  handles: () => true,
  apply: async (tx, events) => {
    for (const { id, playerId } of events) {
      await tx.rows(sql`insert into seen (event_id, player_id) values (${id}::uuid, ${playerId}::uuid)`);
    }
  },
};

async function openRecorded(options: { playerCount?: number } = {}): Promise<TestLog> {
  const log = await openTestLog(options);
  await log.database.rows(
    sql`create table seen (seq int8 generated always as identity, event_id uuid, player_id uuid)`,
  );
  return log;
}

async function seenOf({ database }: TestLog): Promise<{ id: string; playerId: string }[]> {
  return database.rows(sql`select event_id as id, player_id as "playerId" from seen order by seq`);
}

async function expectSeen(log: TestLog, events: NewEvent[]): Promise<void> {
  await vi.waitFor(async () => expect(await seenOf(log)).toHaveLength(events.length), WAIT);
  const seen = await seenOf(log);
  for (const playerId of log.playerIds) {
    const of = (list: { id: string; playerId: string }[]) =>
      list.filter((event) => event.playerId === playerId).map(({ id }) => id);
    expect(of(seen)).toEqual(of(events));
  }
}

test('three workers apply each event once, and those of one player in their order', async () => {
  const log = await openRecorded();
  const events = Array.from({ length: 2_000 }, () => log.newEvent());
  const batches = Array.from({ length: 40 }, (_, index) => events.slice(index * 50, index * 50 + 50));
  for (const batch of batches.slice(0, 20)) await log.eventLog.append(batch);
  await Promise.all([1, 2, 3].map(() => log.startWorker([recorder])));
  for (const batch of batches.slice(20)) await log.eventLog.append(batch);
  await expectSeen(log, events);
});

test('an event of a transaction that commits late is not skipped', async () => {
  const log = await openRecorded({ playerCount: 1 });
  await log.startWorker([recorder]);
  const [late, next] = [log.newEvent(), log.newEvent()];
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  const { promise: written, resolve: isWritten } = Promise.withResolvers<void>();
  const slow = log.database.transaction(async (tx) => {
    await appendEvents(tx, [{ ...late, copies: 1 }]);
    isWritten();
    await released;
  });
  await written;
  const appended = log.eventLog.append([next]);
  // The later append waits for the lock of the earlier one: it cannot be seen before it.
  await vi.waitFor(async () => expect(await countWaiting(log)).toBe(1), WAIT);
  expect(await seenOf(log)).toEqual([]);
  release();
  await slow;
  expect(await appended).toEqual(['ACCEPTED']);
  await expectSeen(log, [late, next]);
});

test('a projection that begins later is brought all that there is, and one that is stopped goes on where it was', async () => {
  const log = await openRecorded();
  const events = Array.from({ length: 300 }, () => log.newEvent());
  await log.eventLog.append(events.slice(0, 100));
  const stop = await log.startWorker([recorder]);
  await expectSeen(log, events.slice(0, 100));
  await stop();
  await log.eventLog.append(events.slice(100));
  await log.startWorker([recorder]);
  await expectSeen(log, events);
});

test('a poison event is given up after three more attempts, the 99 beside it count, and later ones of its player wait', async () => {
  const log = await openRecorded();
  const { newEvent, playerIds } = log;
  const [playerId = '', ...others] = playerIds;
  const poison = newEvent({ playerId, payload: { poison: true } });
  const before = newEvent({ playerId });
  const after = newEvent({ playerId });
  const beside = Array.from({ length: 97 }, (_, index) => newEvent({ playerId: others[index % others.length] ?? '' }));
  let attempts = 0;
  const choosy: Projection = {
    ...recorder,
    apply: async (tx, events) => {
      await recorder.apply(tx, events);
      if (!events.some(({ id }) => id === poison.id)) return;
      if (events.length === 1) attempts += 1;
      throw new Error('no such coin');
    },
  };
  await log.startWorker([choosy], [300, 10, 10]);
  await log.eventLog.append([before, poison, ...beside, after]);
  await vi.waitFor(async () => expect(await seenOf(log)).toHaveLength(98), WAIT);
  const failures = () =>
    log.database.rows(sql`
      select event_id as id, attempts, reason, dead_at is not null as dead from event_failures order by seq`);
  expect((await seenOf(log)).some(({ id }) => id === after.id)).toBe(false);
  await vi.waitFor(async () => expect(await seenOf(log)).toHaveLength(99), WAIT);
  expect(await failures()).toEqual([{ id: poison.id, attempts: 4, reason: 'no such coin', dead: true }]);
  expect(attempts).toBe(4);
  const own = (await seenOf(log)).filter((seen) => seen.playerId === playerId).map(({ id }) => id);
  expect(own).toEqual([before.id, after.id]);
});

test('an event that fails once is applied at the next attempt', async () => {
  const log = await openRecorded();
  const events = Array.from({ length: 10 }, () => log.newEvent());
  const tried: number[] = [];
  let failures = 2;
  const flaky: Projection = {
    ...recorder,
    apply: async (tx, batch) => {
      if (batch.some(({ id }) => id === events[4]?.id)) tried.push(batch.length);
      await recorder.apply(tx, batch);
      if (failures > 0 && batch.some(({ id }) => id === events[4]?.id)) {
        failures -= 1;
        // Such as only the database finds: it leaves a transaction that takes no further statement.
        await tx.rows(sql`select 1 / 0`);
      }
    },
  };
  await log.startWorker([flaky], [10, 10, 10]);
  await log.eventLog.append(events);
  await vi.waitFor(async () => expect(await seenOf(log)).toHaveLength(10), WAIT);
  const [row] = await log.database.rows(sql`select count(*)::int as count from event_failures`);
  expect(row).toEqual({ count: 0 });
  // Once in its batch, once alone, and once more after the pause.
  expect(tried.slice(1)).toEqual([1, 1]);
});

async function countWaiting({ database }: TestLog): Promise<number> {
  const [row] = await database.rows<{ count: number }>(sql`
    select count(*)::int as count from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`);
  return row?.count ?? 0;
}
