import { sql } from 'drizzle-orm';
import type { WebhookFailure } from '../../domain/webhooks/webhook.ts';
import type { Queryable } from '../open.ts';
import type { Delivery } from './webhookOutbox.ts';

const columns = sql`f.id, f.webhook_id as "webhookId", f.event_id as "eventId", e.type, w.url, f.reason,
  f.failed_at as "failedAt"`;

/** Keeps what became of a delivery that was given up. May be repeated. */
export async function insertFailure(
  database: Queryable,
  failure: Pick<Delivery, 'eventId' | 'webhookId'> & { reason: string },
): Promise<void> {
  await database.rows(sql`
    insert into webhook_failures (webhook_id, event_id, reason, failed_at)
    values (${failure.webhookId}::uuid, ${failure.eventId}::uuid, ${failure.reason}, clock_timestamp())
    on conflict (webhook_id, event_id) do update
      set reason = excluded.reason, failed_at = excluded.failed_at, retry_at = null`);
}

/** A game's failures that rest, the latest first. Those of deleted webhooks are left out. */
export async function listFailures(
  database: Queryable,
  { gameId, limit }: { gameId: string; limit: number },
): Promise<WebhookFailure[]> {
  return database.rows<WebhookFailure>(sql`
    select ${columns} from webhooks w
    join webhook_failures f on f.webhook_id = w.id
    join webhook_events e on e.id = f.event_id
    where w.game_id = ${gameId}::uuid and w.disabled_at is null and f.retry_at is null
    order by f.failed_at desc, f.id limit ${limit}::int`);
}

/** Notes that a failure is to be tried again. One that is under way stays as it is. Null when there is no such failure. */
export async function requestRetry(database: Queryable, id: string): Promise<WebhookFailure | null> {
  const [row] = await database.rows<WebhookFailure>(sql`
    update webhook_failures f set retry_at = coalesce(f.retry_at, clock_timestamp())
    from webhooks w, webhook_events e
    where f.id = ${id}::uuid and w.id = f.webhook_id and w.disabled_at is null and e.id = f.event_id
    returning ${columns}`);
  return row ?? null;
}

/** The failures that are to be tried again, the longest waiting first. */
export async function readRetries(database: Queryable, limit: number): Promise<Delivery[]> {
  return database.rows<Delivery>(sql`
    select f.event_id as "eventId", f.webhook_id as "webhookId", f.id as "retryOf", f.retry_at as "retryAt"
    from webhook_failures f where f.retry_at is not null order by f.retry_at limit ${limit}::int`);
}

/** Forgets failures whose next attempts have been handed over. */
export async function deleteRetries(database: Queryable, retries: Delivery[]): Promise<void> {
  for (const { retryOf, retryAt } of retries) {
    await database.rows(sql`
      delete from webhook_failures
      where id = ${retryOf}::uuid and retry_at = ${retryAt?.toISOString() ?? null}::timestamptz`);
  }
}
