import { createHash } from 'node:crypto';
import { canonicalJson } from '../canonicalJson.ts';
import type { NewEvent } from './event.ts';

/**
 * The id of an event, a UUID that follows from what it is: of the id that its sender gave it, or else of player, type,
 * moment and payload. So an event that is sent again, on whatever instance, is known by its id.
 */
export function identifyEvent(event: Omit<NewEvent, 'id'>): string {
  const { gameId, playerId, clientId, type, timestampText, payload } = event;
  const identity = clientId === null ? [type, timestampText, payload] : [clientId];
  const hash = createHash('sha256').update(canonicalJson([gameId, playerId, ...identity]));
  return uuidOf(hash.digest());
}

/** A UUID of version 8, whose other bits are whoever makes it to choose (RFC 9562). */
function uuidOf(bytes: Uint8Array): string {
  const hex = Buffer.from(bytes).toString('hex', 0, 16);
  const variant = ((Number.parseInt(hex[16] ?? '0', 16) & 0x3) | 0x8).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20),
  ].join('-');
}
