import { z } from 'zod';
import type { NewEvent } from './event.ts';

/** What other producers' events do not have: all that was read and looked up when the event came to us. */
const ours = z.object({
  id: z.uuid(),
  version: z.int(),
  occurred_at: z.iso.datetime(),
  event_id: z.string().nullable(),
});
const envelope = z.object({
  event_type: z.string(),
  player_id: z.uuid(),
  game_id: z.uuid(),
  timestamp: z.string(),
  data: z.record(z.string(), z.unknown()),
  app_version: z.string().optional(),
  platform: z.enum(['android', 'ios']).optional(),
  session_id: z.string().optional(),
  locale: z.string().optional(),
  laurel: ours,
});

/**
 * An event as a record of Kafka says it: in the envelope that other producers use as well, with its fields in `data`, and
 * with what Laurel knows of it in `laurel`.
 */
export function writeEventRecord(event: NewEvent): string {
  const { id, version, occurredAt, clientId } = event;
  const record: z.input<typeof envelope> = {
    event_type: event.type,
    player_id: event.playerId,
    game_id: event.gameId,
    timestamp: event.timestampText,
    data: event.payload,
    ...(event.appVersion !== null && { app_version: event.appVersion }),
    ...(event.platform !== null && { platform: event.platform }),
    ...(event.sessionId !== null && { session_id: event.sessionId }),
    ...(event.locale !== null && { locale: event.locale }),
    laurel: { id, version, occurred_at: occurredAt.toISOString(), event_id: clientId },
  };
  return JSON.stringify(record);
}

/** The event that `writeEventRecord` wrote, or null for a record of somebody else. */
export function readEventRecord(record: unknown): NewEvent | null {
  const read = envelope.safeParse(record);
  if (!read.success) return null;
  const { laurel, ...event } = read.data;
  return {
    id: laurel.id,
    gameId: event.game_id,
    playerId: event.player_id,
    type: event.event_type,
    version: laurel.version,
    occurredAt: new Date(laurel.occurred_at),
    timestampText: event.timestamp,
    clientId: laurel.event_id,
    appVersion: event.app_version ?? null,
    platform: event.platform ?? null,
    sessionId: event.session_id ?? null,
    locale: event.locale ?? null,
    payload: event.data,
  };
}
