import { sql } from 'drizzle-orm';
import type { WebhookEvent } from '../../domain/webhooks/webhook.ts';
import type { Queryable } from '../open.ts';
import { idsIn } from '../recordset.ts';

/** A webhook event that is to be posted to a webhook. `retryOf` is the failure that an admin wants tried again. */
export type Delivery = { eventId: string; webhookId: string; retryOf: string | null; retryAt: Date | null };

/** The webhook events that wait to be handed over, in their order, and to which webhooks each goes: to none if none is left. */
export async function readWebhookOutbox(
  database: Queryable,
  limit: number,
): Promise<{ eventIds: string[]; deliveries: Delivery[] }> {
  const rows = await database.rows<{ eventId: string; webhookId: string | null }>(sql`
    select e.id as "eventId", w.id as "webhookId"
    from (select * from webhook_events where handed_over_at is null order by seq limit ${limit}::int) e
    left join webhooks w on w.game_id = e.game_id and w.disabled_at is null and w.events ? e.type
      and w.created_at <= e.happened_at
    order by e.seq`);
  return {
    eventIds: [...new Set(rows.map(({ eventId }) => eventId))],
    deliveries: rows.flatMap(({ eventId, webhookId }) =>
      webhookId === null ? [] : [{ eventId, webhookId, retryOf: null, retryAt: null }],
    ),
  };
}

export async function markHandedOver(database: Queryable, eventIds: string[]): Promise<void> {
  await database.rows(sql`update webhook_events set handed_over_at = clock_timestamp() where id = ${idsIn(eventIds)}`);
}

/** What a request to a webhook is made of. Null when the webhook is deleted. */
export async function findDelivery(
  database: Queryable,
  { eventId, webhookId }: Pick<Delivery, 'eventId' | 'webhookId'>,
): Promise<{ url: string; secret: string; webhookEvent: WebhookEvent } | null> {
  const [row] = await database.rows<WebhookEvent & { url: string; secret: string }>(sql`
    select w.url, w.secret, e.id, e.type, e.data, e.happened_at as "happenedAt"
    from webhooks w, webhook_events e
    where w.id = ${webhookId}::uuid and w.disabled_at is null and e.id = ${eventId}::uuid`);
  if (!row) return null;
  const { url, secret, ...webhookEvent } = row;
  return { url, secret, webhookEvent };
}

/**
 * Removes webhook events that were handed over so many days ago, with their failures, some thousands at a time. Those of a tournament
 * that is not over yet stay: that they are there is why they are not written again.
 */
export async function deleteOldWebhookEvents(database: Queryable, days: number): Promise<void> {
  await database.rows(sql`
    with old as (
      select e.id from webhook_events e
      where e.handed_over_at < clock_timestamp() - make_interval(days => ${days}::int)
        and not exists (
          select 1 from tournaments t where t.id = e.subject_id and t.settled_at is null and t.cancelled_at is null)
      limit 5000),
    failures as (delete from webhook_failures f where f.event_id in (select old.id from old))
    delete from webhook_events e where e.id in (select old.id from old)`);
}
