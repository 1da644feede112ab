import { sql } from 'drizzle-orm';
import { tournamentFact, type WebhookFact } from '../domain/webhook.ts';
import type { Tournament } from '../domain/tournament.ts';
import type { Queryable } from './open.ts';
import { recordset } from './recordset.ts';
import { tournamentColumnsAt } from './tournamentRow.ts';
import { tournamentEnd } from './tournamentState.ts';

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
    await noteFacts(
      database,
      rows.map(({ type, ...tournament }) => tournamentFact(type, tournament)),
    );
}
