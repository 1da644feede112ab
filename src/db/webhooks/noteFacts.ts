import { sql } from 'drizzle-orm';
import type { WebhookFact } from '../../domain/webhooks/webhook.ts';
import type { Queryable } from '../open.ts';
import { recordset } from '../recordset.ts';

/**
 * Keeps facts for delivery, each once, as far as a webhook that was there before them wants them. Call it in the
 * transaction that makes them facts, so that both are kept or neither.
 */
export async function noteFacts(tx: Queryable, facts: WebhookFact[]): Promise<void> {
  const columns = {
    gameId: 'uuid',
    type: 'text',
    subjectId: 'uuid',
    happenedAt: 'timestamptz',
    data: 'jsonb',
    n: 'int',
  };
  const rows = facts.map((fact, n) => ({ ...fact, n }));
  await tx.rows(sql`
    insert into webhook_events (game_id, type, subject_id, happened_at, data)
    select x."gameId", x.type, x."subjectId", x."happenedAt", x.data from ${recordset(columns, rows)}
    where exists (
      select 1 from webhooks w where w.game_id = x."gameId" and w.disabled_at is null and w.events ? x.type
        and w.created_at <= x."happenedAt")
    order by x.n
    on conflict do nothing`);
}
