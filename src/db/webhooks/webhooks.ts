import { sql } from 'drizzle-orm';
import type { Webhook } from '../../domain/webhooks/webhook.ts';
import type { Queryable } from '../open.ts';
import { recordset } from '../recordset.ts';

const columns = sql`w.id, w.game_id as "gameId", w.url, w.events, w.created_at as "createdAt"`;

/** Null when the game has a webhook with this URL. */
export async function insertWebhook(
  database: Queryable,
  webhook: Pick<Webhook, 'events' | 'gameId' | 'url'> & { secret: string },
): Promise<Webhook | null> {
  const types = { gameId: 'uuid', url: 'text', secret: 'text', events: 'jsonb' };
  const [row] = await database.rows<Webhook>(sql`
    insert into webhooks as w (game_id, url, secret, events)
    select x."gameId", x.url, x.secret, x.events from ${recordset(types, [webhook])}
    on conflict do nothing returning ${columns}`);
  return row ?? null;
}

/** False when there is no such webhook, or no longer. */
export async function disableWebhook(database: Queryable, id: string): Promise<boolean> {
  const rows = await database.rows(sql`
    update webhooks set disabled_at = clock_timestamp(), secret = ''
    where id = ${id}::uuid and disabled_at is null returning id`);
  return rows.length > 0;
}

/** Those of a game that webhook events are posted to, the oldest first. */
export async function listWebhooks(database: Queryable, gameId: string): Promise<Webhook[]> {
  return database.rows<Webhook>(sql`
    select ${columns} from webhooks w where w.game_id = ${gameId}::uuid and w.disabled_at is null
    order by w.created_at, w.id`);
}

/** Whether there is a webhook to post to. */
export async function hasWebhooks(database: Queryable): Promise<boolean> {
  const rows = await database.rows(sql`select 1 from webhooks where disabled_at is null limit 1`);
  return rows.length > 0;
}
