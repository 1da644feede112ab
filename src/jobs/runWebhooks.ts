import { claimJob } from '../db/claimJob.ts';
import { describeError } from '../log.ts';
import { noteStartsAndEnds } from '../db/tournaments/noteStartsAndEnds.ts';
import { deleteRetries, readRetries } from '../db/webhooks/webhookFailures.ts';
import { deleteOldWebhookEvents, markHandedOver, readWebhookOutbox } from '../db/webhooks/webhookOutbox.ts';
import { hasWebhooks } from '../db/webhooks/webhooks.ts';
import { type Deliveries, type DeliveryOptions, openDeliveries } from './openDeliveries.ts';
import { repeat, type StopRepeating } from '../async/repeat.ts';

const TICK_MS = 1_000;
const BATCH = 100;
const CLEANING_TICK_MS = 60_000;
const CLEANING_MS = 60 * 60 * 1_000;
const KEPT_DAYS = 30;

/**
 * Notices which tournaments have started and ended, and hands what waits in the webhook outbox over to the queue, in its order.
 * Handing over twice, after a crash or by two processes, plans each delivery once. The queue is opened when there is a
 * webhook: whoever has none has neither its tables nor its connections.
 */
export function runWebhooks(options: DeliveryOptions): StopRepeating {
  const { database, log } = options;
  let deliveries: Deliveries | null = null;
  const runRound = async () => {
    if (!(await hasWebhooks(database))) return;
    deliveries ??= await openDeliveries(options);
    await noteStartsAndEnds(database);
    await handOver(deliveries);
  };
  const handOver = async (queue: Deliveries) => {
    const waiting = await readWebhookOutbox(database, BATCH);
    if (waiting.deliveries.length > 0) await queue.plan(waiting.deliveries);
    if (waiting.eventIds.length > 0) await markHandedOver(database, waiting.eventIds);
    const retries = await readRetries(database, BATCH);
    if (retries.length > 0) await queue.plan(retries);
    await deleteRetries(database, retries);
  };
  const clean = async () => {
    if (await claimJob(database, 'webhook events', CLEANING_MS)) await deleteOldWebhookEvents(database, KEPT_DAYS);
  };
  const failed = (error: unknown) => log.warn({ error: describeError(error) }, 'looking after webhooks failed');
  const stops = [repeat(runRound, { everyMs: TICK_MS, failed }), repeat(clean, { everyMs: CLEANING_TICK_MS, failed })];
  return async () => {
    await Promise.all(stops.map((stop) => stop()));
    await deliveries?.stop();
  };
}
