import { sql } from 'drizzle-orm';
import type { LoggedEvent } from '../../domain/events/event.ts';

const SKEW_MAX = sql`interval '24 hours'`;

/** A `LoggedEvent`, from `events e`. */
export const loggedEventColumns = sql`e.id, e.game_id as "gameId", e.player_id as "playerId", e.type, e.version,
  e.occurred_at as "occurredAt", e.timestamp_text as "timestampText", e.client_id as "clientId",
  e.app_version as "appVersion", e.platform, e.session_id as "sessionId", e.locale, e.payload,
  e.received_at as "receivedAt",
  (e.occurred_at not between e.received_at - ${SKEW_MAX} and e.received_at + ${SKEW_MAX}) as "isSkewed"`;

/** An event that was kept as JSON, where moments are texts. */
export function loggedEventOf(json: LoggedEvent): LoggedEvent {
  return { ...json, occurredAt: new Date(json.occurredAt), receivedAt: new Date(json.receivedAt) };
}
