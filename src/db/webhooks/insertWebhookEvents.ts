import { sql } from 'drizzle-orm';
import type { NewWebhookEvent } from '../../domain/webhooks/webhook.ts';
import type { Queryable } from '../open.ts';
import { recordset } from '../recordset.ts';

/**
 * Writes webhook events into their outbox, each once, where a webhook that was created before wants them. To be called
 * in the transaction that they report, so that both are stored or neither.
 */
export async function insertWebhookEvents(tx: Queryable, webhookEvents: NewWebhookEvent[]): Promise<void> {
  const columns = {
    gameId: 'uuid',
    type: 'text',
    subjectId: 'uuid',
    happenedAt: 'timestamptz',
    data: 'jsonb',
    n: 'int',
  };
  const rows = webhookEvents.map((webhookEvent, n) => ({ ...webhookEvent, n }));
  await tx.rows(sql`
    insert into webhook_events (game_id, type, subject_id, happened_at, data)
    select x."gameId", x.type, x."subjectId", x."happenedAt", x.data from ${recordset(columns, rows)}
    where exists (
      select 1 from webhooks w where w.game_id = x."gameId" and w.disabled_at is null and w.events ? x.type
        and w.created_at <= x."happenedAt")
    order by x.n
    on conflict do nothing`);
}
