import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { sql } from 'drizzle-orm';
import { openDatabase } from '../../src/db/open.ts';
import { verify } from '../../src/verify/verify.ts';
import { nestedEvent } from '../domain/events/sampleEvents.ts';
import { uuidOf } from '../setup/accountDocuments.ts';
import { cloneDatabase } from '../setup/database.ts';
import { createBoard } from '../setup/documents.ts';
import { receiptsOf } from '../setup/eventDocuments.ts';
import { hasKafkaNodes, kafkaBrokers, kafkaPrefix, killNode, startNode } from '../setup/kafka.ts';
import { spawnServer } from '../setup/serverUnderTest.ts';
import { tokenFor } from '../setup/tokens.ts';

beforeAll(async () => {
  if (hasKafkaNodes) await kafkaBrokers();
});

/** An API without a worker, which is sent events all the time, and what it has acknowledged. */
async function startLoad() {
  const databaseUrl = await cloneDatabase();
  const env = { DATABASE_URL: databaseUrl, KAFKA_BROKERS: await kafkaBrokers(), KAFKA_PREFIX: kafkaPrefix() };
  const api = await spawnServer({ ...env, ROLES: 'api' });
  await createBoard({ url: api.url, tokenFor });
  const token = await tokenFor('arena', 'server');
  const acknowledged = new Set<string>();
  let isOver = false;
  const send = async (lane: number) => {
    for (let round = 0; !isOver; round += 1) {
      const events = Array.from({ length: 20 }, (_, index) =>
        nestedEvent('player_score', `device ${(round + index) % 40}`, { event_id: `${lane} ${round} ${index}` }),
      );
      // Again, as clients do that were not answered.
      for (let isTaken = false; !isTaken && !isOver;) {
        const receipts = await receiptsOf(api.url, events, token).catch(() => []);
        for (const { id } of receipts) if (id !== null) acknowledged.add(uuidOf({ id }));
        isTaken = receipts.length > 0;
      }
    }
  };
  const sending = Promise.all([1, 2].map(send));
  const stop = async () => {
    isOver = true;
    await sending;
  };
  const database = await openDatabase({ databaseUrl, poolSize: 2 });
  onTestFinished(async () => {
    await stop();
    await api.end('SIGKILL');
    await database.close();
  });
  const startWorker = async () => {
    const worker = await spawnServer({ ...env, ROLES: 'worker' });
    onTestFinished(async () => void (await worker.end('SIGKILL')));
    return worker;
  };
  const counted = async () => {
    const [row] = await database.rows<{ count: number }>(
      sql`select coalesce(sum(events), 0)::int as count from player_event_counts`,
    );
    return row?.count ?? 0;
  };
  const stored = async () => {
    const rows = await database.rows<{ id: string }>(sql`select id from events`);
    return new Set(rows.map(({ id }) => id));
  };
  return { acknowledged, stop, startWorker, counted, stored, database };
}

type Load = Awaited<ReturnType<typeof startLoad>>;

/** Waits until so many more are counted. */
async function expectMore({ counted }: Load, more: number): Promise<void> {
  const before = await counted();
  await expect.poll(counted).toBeGreaterThan(before + more);
}

async function expectAllOnce(load: Load): Promise<void> {
  await load.stop();
  const missing = async () => {
    const stored = await load.stored();
    return [...load.acknowledged].filter((id) => !stored.has(id)).length;
  };
  await expect.poll(missing).toBe(0);
  // What was sent and not acknowledged may be in the log as well, and then counts too.
  await expect.poll(async () => (await load.counted()) - (await load.stored()).size).toBe(0);
  expect((await verify(load.database)).differences).toEqual([]);
}

test.runIf(hasKafkaNodes)(
  'workers that are killed while others come leave every count as if there had been one',
  async () => {
    const load = await startLoad();
    const first = await load.startWorker();
    await expectMore(load, 200);
    const second = await load.startWorker();
    // In the middle of the rebalance that the second brings, or just behind it.
    await first.end('SIGKILL');
    await expectMore(load, 200);
    await load.startWorker();
    await expectMore(load, 100);
    await second.end('SIGKILL');
    await expectMore(load, 200);
    await expectAllOnce(load);
  },
);

test.runIf(hasKafkaNodes)(
  'a node and a worker that are killed together lose nothing and count nothing twice',
  async () => {
    const load = await startLoad();
    const [first] = await Promise.all([load.startWorker(), load.startWorker()]);
    await expectMore(load, 200);
    onTestFinished(() => startNode(3));
    await Promise.all([killNode(3), first.end('SIGKILL')]);
    await expectMore(load, 200);
    await startNode(3);
    await expectMore(load, 200);
    await expectAllOnce(load);
  },
);
