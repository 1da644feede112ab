import { z } from 'zod';
import { canonicalJson } from '../canonicalJson.ts';
import type { NewEvent } from './event.ts';
import { camelCaseNames, type EventType, flawOf } from './eventType.ts';
import { findEventType, nearestEventType } from './eventTypes.ts';
import { isNestedDeeper } from './isNestedDeeper.ts';
import { readTimestamp } from './timestamp.ts';

const PAYLOAD_BYTES_MAX = 8 * 1024;
const NESTING_MAX = 32;

/** An event as its sender tells of it: `user` and `game` are names that are still to be looked up, null where left out. */
export type ReadEvent = Omit<NewEvent, 'gameId' | 'id' | 'playerId'> & { user: string | null; game: string | null };

/** Why an event is not taken. `path` names the field within the event, and is empty for the event as a whole. */
export type EventRefusal = { path: string; reason: string };

/** Of a type that is not Laurel's, the name, and the game that may have declared it. */
export type UnknownType = { type: string; game: string | null };

export type EventReading = { event: ReadEvent } | { refusal: EventRefusal; unknown?: UnknownType };

type Json = Record<string, unknown>;

const short = (max: number) => z.string('must be text').max(max, `must have ${max} characters at most`);
const named = (max: number) => short(max).min(1, 'must not be empty').nullish();
const PLATFORMS = 'must be "ios" or "android"';
const platform = z.enum(['ios', 'android'], PLATFORMS).nullish();
/** What PostgreSQL cannot hold: JSON writes NUL and halves of surrogate pairs as escapes. */
const BROKEN_TEXT = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/;
const BROKEN = 'contains the NUL character or half a surrogate pair';

/** What every event may say beside the fields of its type. */
const base = z.object({
  user_id: named(255),
  timestamp: short(40),
  event_id: named(128),
  game_id: named(128),
  session_id: named(128),
  locale: named(64),
  app_version: named(64),
  platform,
});
const BASE_FIELDS = [...Object.keys(base.shape), 'event_type'];
const BASE_NAMES = new Map([...BASE_FIELDS.map((name) => [name, name] as const), ...camelCaseNames(BASE_FIELDS)]);
BASE_NAMES.set('player_id', 'user_id').set('playerId', 'user_id');

/**
 * Reads what a stranger sends as an event, in either envelope: all fields in the root, or those of its type in `data`.
 * Takes time in proportion to its length, whatever it is. `own` is the type that its name has been found to be, where that is
 * none of Laurel's.
 */
export function readEvent(sent: unknown, own: EventType | null = null): EventReading {
  if (!isObject(sent)) return refuse('', 'must be an object with the field `event_type`');
  const isNested = isObject(sent['data']);
  const { root, rest } = isNested ? splitNested(sent) : splitFlat(sent);
  if (isNestedDeeper(rest, NESTING_MAX)) return refuse('', `is nested deeper than ${NESTING_MAX} levels; flatten it`);
  const { event_type: name } = root;
  if (typeof name !== 'string') return refuse('event_type', 'must be the name of a type of event');
  const type = findEventType(name) ?? own;
  if (!type) return { ...refuse('event_type', describeUnknown(name)), unknown: { type: name, game: gameOf(root) } };
  if (!isNested) moveSharePlatform(type, root, rest);
  const payload = rename(rest, type);
  const fields = readFields(type, payload, isNested);
  if ('refusal' in fields) return fields;
  const about = readBase(root, {
    mustNameApp: type.isFromApp && !isNested,
    mustNamePlatform: type.name !== 'share_clicked',
  });
  if ('refusal' in about) return about;
  return { event: { ...about.base, type: type.name, version: type.version, payload: fields.payload } };
}

type Refused = { refusal: EventRefusal };

/** The payload with what its type says is to be there by default. */
function readFields(type: EventType, payload: Json, isNested: boolean): Refused | { payload: Json } {
  const checked = (isNested ? type.nested : type.flat)(payload);
  if ('reason' in checked) return refuse(`${isNested ? 'data.' : ''}${checked.path}`, checked.reason);
  const whole = { ...payload, ...checked.fields };
  const text = canonicalJson(whole);
  const bytes = Buffer.byteLength(text);
  if (bytes > PAYLOAD_BYTES_MAX) return refuse('', `has ${bytes} bytes of payload; ${PAYLOAD_BYTES_MAX} are allowed`);
  return BROKEN_TEXT.test(text) ? refuse('', BROKEN) : { payload: whole };
}

function readBase(
  root: Json,
  { mustNameApp, mustNamePlatform }: { mustNameApp: boolean; mustNamePlatform: boolean },
): Refused | { base: Omit<ReadEvent, 'payload' | 'type' | 'version'> } {
  const about = base.safeParse(root);
  if (!about.success) return { refusal: flawOf(about.error, root) };
  if (BROKEN_TEXT.test(JSON.stringify(about.data))) return refuse('', BROKEN);
  const { data } = about;
  const occurredAt = readTimestamp(data.timestamp);
  if (!occurredAt) return refuse('timestamp', 'must be an ISO 8601 moment, like 2026-11-21T12:00:00Z');
  if (mustNameApp && data.app_version == null) return refuse('app_version', 'is missing');
  if (mustNameApp && mustNamePlatform && data.platform == null)
    return refuse('platform', `is missing; it ${PLATFORMS}`);
  return {
    base: {
      user: data.user_id ?? null,
      game: data.game_id ?? null,
      occurredAt,
      timestampText: data.timestamp,
      clientId: data.event_id ?? null,
      appVersion: data.app_version ?? null,
      platform: data.platform ?? null,
      sessionId: data.session_id ?? null,
      locale: data.locale ?? null,
    },
  };
}

function gameOf({ game_id: game }: Json): string | null {
  return typeof game === 'string' ? game : null;
}

/** Whatever lies beside `data` and is no base field is kept as well. */
function splitNested({ data, ...others }: Json): { root: Json; rest: Json } {
  const { root, rest } = splitFlat(others);
  return { root, rest: { ...(data as Json), ...rest } };
}

function splitFlat(sent: Json): { root: Json; rest: Json } {
  const root: Json = {};
  const rest: [string, unknown][] = [];
  for (const [key, value] of Object.entries(sent)) {
    const name = BASE_NAMES.get(key);
    if (name !== undefined && (name === key || !Object.hasOwn(sent, name))) root[name] = value;
    else rest.push([key, value]);
  }
  return { root, rest: Object.fromEntries(rest) };
}

/** Where the share went, under the name that the platform of the device has: whatever is no platform of a device is this. */
function moveSharePlatform(type: EventType, root: Json, rest: Json): void {
  if (type.name !== 'share_clicked' || platform.safeParse(root['platform']).success) return;
  rest['share_platform'] ??= root['platform'];
  delete root['platform'];
}

/** A field that was sent under both names keeps both. */
function rename(sent: Json, { renamed }: EventType): Json {
  return Object.fromEntries(
    Object.entries(sent).map(([key, value]) => {
      const name = renamed.get(key);
      return [name === undefined || Object.hasOwn(sent, name) ? key : name, value];
    }),
  );
}

function describeUnknown(name: string): string {
  const nearest = nearestEventType(name);
  const shown = JSON.stringify(name.length > 64 ? `${name.slice(0, 64)}…` : name);
  return `is ${shown}, which is no known type${nearest === null ? '' : `; did you mean "${nearest}"?`}`;
}

function refuse(path: string, reason: string): Refused {
  return { refusal: { path, reason } };
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
