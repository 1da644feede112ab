import { setTimeout as delay } from 'node:timers/promises';
import { type Job, type JobResult, type JobWithMetadata, PgBoss } from 'pg-boss';
import { describeError, type Log } from '../log.ts';
import type { Database } from '../db/open.ts';
import { insertFailure } from '../db/webhooks/webhookFailures.ts';
import { type Delivery, findDelivery } from '../db/webhooks/webhookOutbox.ts';
import { deliveryId } from '../domain/webhooks/webhook.ts';
import { postWebhook } from './postWebhook.ts';

export type Deliveries = {
  /** Hands deliveries over. The same ones again change nothing. */
  plan(deliveries: Delivery[]): Promise<void>;
  /** Lets what is under way finish for a moment, then gives the attempt up: it is made again later. */
  stop(): Promise<void>;
};

export type DeliveryOptions = {
  database: Database;
  allowsPrivate: boolean;
  /** After so many more attempts a webhook event is given up on. */
  retries: number;
  log: Pick<Log, 'warn'>;
};

type Names = Pick<Delivery, 'eventId' | 'webhookId'>;

const QUEUE = 'webhooks';
const DEAD = 'webhooks-given-up';
const CONNECTIONS = 2;
/** The first pause is one to two seconds; each is about twice the one before, up to this. With 15 retries, about a day. */
const PAUSE_MAX_S = 6 * 60 * 60;
/** What a killed process had under way is taken up again after this, and one round of supervision. */
const EXPIRES_S = 30;
const SUPERVISION_S = 15;
const POLL_S = 1;
/** Posted at the same time. One that hangs holds up the rest of its batch for five seconds. */
const BATCH = 20;
const GRACE_MS = 2_000;
const STOP_DEADLINE_MS = 4_000;

/** Opens the queue, with its tables in a schema of its own, and starts to deliver. Rejects when the database is away. */
export async function openDeliveries(options: DeliveryOptions): Promise<Deliveries> {
  const { database, log } = options;
  const stopping = new AbortController();
  const boss = createBoss(database);
  // Without a listener, an error of the queue would end the process.
  boss.on('error', (error: unknown) => log.warn({ error: describeError(error) }, 'the queue of webhooks met an error'));
  const stop = async () => {
    const grace = setTimeout(() => stopping.abort(), GRACE_MS);
    // A database that has gone away may leave its pool waiting.
    await Promise.race([
      boss.stop({ timeout: STOP_DEADLINE_MS }).catch(() => {}),
      delay(STOP_DEADLINE_MS + 1_000, null, { ref: false }),
    ]);
    clearTimeout(grace);
  };
  try {
    await boss.start();
    await makeQueues(boss, options.retries);
    await work(boss, { ...options, signal: stopping.signal });
  } catch (error) {
    await stop();
    throw error;
  }
  return { plan: (deliveries) => plan(boss, deliveries), stop };
}

function createBoss({ url }: Database): PgBoss {
  return new PgBoss({
    schema: 'pgboss',
    // Schedules are not its work: see docs/decisions/0012.
    schedule: false,
    superviseIntervalSeconds: SUPERVISION_S,
    monitorIntervalSeconds: SUPERVISION_S,
    connectionString: url,
    application_name: 'laurel webhooks',
    max: CONNECTIONS,
    connectionTimeoutMillis: 2_000,
  });
}

async function makeQueues(boss: PgBoss, retryLimit: number): Promise<void> {
  await boss.createQueue(DEAD, { retryLimit: 100, retryDelay: 5 });
  const settings = {
    retryLimit,
    retryBackoff: true,
    retryDelay: 1,
    retryDelayMax: PAUSE_MAX_S,
    expireInSeconds: EXPIRES_S,
    deadLetter: DEAD,
  };
  await boss.createQueue(QUEUE, settings);
  await boss.updateQueue(QUEUE, settings);
}

async function work(boss: PgBoss, options: DeliveryOptions & { signal: AbortSignal }): Promise<void> {
  const { database } = options;
  const polling = { pollingIntervalSeconds: POLL_S };
  await boss.work(
    QUEUE,
    { ...polling, batchSize: BATCH, burstWhenBatchFull: true, perJobResults: true },
    (jobs: Job<Names>[]) => Promise.all(jobs.map((job) => deliver(job, options))),
  );
  await boss.work(DEAD, { ...polling, includeMetadata: true }, async (jobs: JobWithMetadata<Names>[]) => {
    for (const job of jobs) await insertFailure(database, { ...job.data, reason: reasonOf(job) });
  });
}

async function deliver(
  { id, data }: Job<Names>,
  { database, allowsPrivate, signal }: DeliveryOptions & { signal: AbortSignal },
): Promise<JobResult> {
  try {
    const delivery = await findDelivery(database, data);
    // Null: the webhook has been deleted.
    const reason = delivery && (await postWebhook(delivery, { allowsPrivate, signal }));
    return reason === null ? { id, status: 'completed' } : { id, status: 'failed', output: { reason } };
  } catch {
    return { id, status: 'failed', output: { reason: 'the database was away' } };
  }
}

function reasonOf({ sourceOutput }: JobWithMetadata<Names>): string {
  const reason = sourceOutput && 'reason' in sourceOutput ? sourceOutput.reason : null;
  return typeof reason === 'string' ? reason : 'its process ended';
}

async function plan(boss: PgBoss, deliveries: Delivery[]): Promise<void> {
  await boss.insert(
    QUEUE,
    deliveries.map(({ eventId, webhookId, retryOf, retryAt }) => ({
      id: deliveryId(eventId, webhookId, retryOf ?? '', retryAt?.toISOString() ?? ''),
      data: { eventId, webhookId },
    })),
  );
}
