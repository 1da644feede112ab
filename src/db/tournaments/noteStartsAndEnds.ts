import { sql } from 'drizzle-orm';
import type { Tournament } from '../../domain/tournaments/tournament.ts';
import { tournamentWebhookEvent } from '../../domain/webhooks/webhook.ts';
import type { Queryable } from '../open.ts';
import { insertWebhookEvents } from '../webhooks/insertWebhookEvents.ts';
import { tournamentColumnsAt } from './tournamentRow.ts';
import { tournamentEnd } from './tournamentState.ts';

/** Notes which tournaments have started and ended by the database's clock, in that order, as far as somebody wants to know. */
export async function noteStartsAndEnds(database: Queryable): Promise<void> {
  const now = sql`statement_timestamp()`;
  const rows = await database.rows<Tournament & { type: 'tournament.ended' | 'tournament.started' }>(sql`
    select ${tournamentColumnsAt(now)}, f.type
    from tournaments t cross join lateral (
      values ('tournament.started', t.starts_at), ('tournament.ended', ${tournamentEnd})) as f (type, at)
    where t.settled_at is null and t.cancelled_at is null and f.at <= ${now}
      and exists (
        select 1 from webhooks w where w.game_id = t.game_id and w.disabled_at is null and w.events ? f.type
          and w.created_at <= f.at)
      and not exists (select 1 from webhook_events e where e.type = f.type and e.subject_id = t.id)
    order by f.at, f.type desc, t.id limit 1000`);
  if (rows.length > 0)
    await insertWebhookEvents(
      database,
      rows.map(({ type, ...tournament }) => tournamentWebhookEvent(type, tournament)),
    );
}
