import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { EVENT_TYPES } from '../../../src/domain/events/eventTypes.ts';
import { type EventReading, readEvent } from '../../../src/domain/events/readEvent.ts';
import { flatEvent, flatTypes, nestedEvent, nestedTypes } from './sampleEvents.ts';

const read = (sent: unknown) => taken(readEvent(sent));
const refusal = (sent: unknown) => {
  const reading = readEvent(sent);
  return 'refusal' in reading ? reading.refusal : null;
};

test('there is a sample of each type', () => {
  expect(new Set([...flatTypes, ...nestedTypes])).toEqual(new Set(EVENT_TYPES.map(({ name }) => name)));
  expect(flatTypes).toHaveLength(28);
});

test.for(flatTypes)('%s is taken as the mobile client sends it', (type) => {
  expect(read(flatEvent(type, { user_id: 'device' }))).toMatchObject({
    type,
    user: 'device',
    appVersion: '2.1.0',
    platform: 'android',
    timestampText: '2026-11-21T12:00:00.000Z',
  });
});

test.for(nestedTypes)('%s is taken as game servers send it', (type) => {
  expect(read(nestedEvent(type, 'p1', { game_id: 'skyline' }))).toMatchObject({ type, user: 'p1', game: 'skyline' });
});

test('a field that is missing, or is something else, is named', () => {
  const { score: _score, ...without } = flatEvent('game_ended');
  expect(refusal(without)).toEqual({ path: 'score', reason: 'is missing; it must be a whole number' });
  expect(refusal(flatEvent('game_ended', { score: '7' }))).toEqual({ path: 'score', reason: 'must be a whole number' });
  expect(refusal(nestedEvent('player_score', 'p', { data: {} }))).toMatchObject({ path: 'data.score' });
  expect(refusal(flatEvent('app_launched', { platform: 'web' }))).toMatchObject({ path: 'platform' });
  expect(refusal(flatEvent('app_launched', { app_version: null }))).toMatchObject({ path: 'app_version' });
});

test('older names of types and fields lead to the present ones', () => {
  const { device_model: model, ...others } = flatEvent('app_installed');
  expect(read({ ...others, deviceModel: model }).payload).toMatchObject({ device_model: 'P7' });
  expect(read({ ...flatEvent('game_started'), event_type: 'game_start' }).type).toBe('game_started');
  const { timestamp, app_version: version, ...rest } = flatEvent('app_launched');
  expect(read({ ...rest, timestamp, appVersion: version, userId: 'd' })).toMatchObject({
    appVersion: '2.1.0',
    user: 'd',
  });
});

test('fields that nobody knows are kept', () => {
  expect(read(flatEvent('game_ended', { wind: { speed: [3] } })).payload).toMatchObject({ wind: { speed: [3] } });
});

test('a share keeps its platform apart from that of the device, under either name', () => {
  const { share_platform: _share, platform: _device, ...share } = flatEvent('share_clicked');
  expect(read({ ...share, platform: 'whatsapp' })).toMatchObject({
    platform: null,
    payload: { share_platform: 'whatsapp' },
  });
  expect(read(flatEvent('share_clicked'))).toMatchObject({
    platform: 'android',
    payload: { share_platform: 'whatsapp' },
  });
  expect(read(nestedEvent('share_clicked', 'p', { data: { share_type: 'score', platform: 'x' } })).payload).toEqual({
    share_type: 'score',
    share_platform: 'x',
  });
});

test('an unknown type is refused with the name that was probably meant', () => {
  expect(refusal(flatEvent('game_endet'))).toEqual({
    path: 'event_type',
    reason: 'is "game_endet", which is no known type; did you mean "game_ended"?',
  });
  expect(refusal(flatEvent('x'.repeat(100_000)))?.reason.length).toBeLessThan(200);
  expect(refusal(flatEvent('qqqqqqqq'))?.reason).toBe('is "qqqqqqqq", which is no known type');
});

test.for([
  ['2026-11-21T12:00:00', '2026-11-21T12:00:00.000Z'],
  ['2026-11-21T12:00:00.123456', '2026-11-21T12:00:00.123Z'],
  ['2026-11-21 12:00', '2026-11-21T12:00:00.000Z'],
  ['2026-11-21T12:00:00+0530', '2026-11-21T06:30:00.000Z'],
  ['2026-11-21T12:00:00-03:00', '2026-11-21T15:00:00.000Z'],
])('the timestamp %s is %s', ([timestamp, expected]) => {
  const event = read(flatEvent('app_launched', { timestamp }));
  expect(event.occurredAt.toISOString()).toBe(expected);
  expect(event.timestampText).toBe(timestamp);
});

test.for([
  '',
  'yesterday',
  '0000-12-31T12:00:00Z',
  '9999-12-31T23:00:00-02:00',
  '2026-02-30T12:00:00Z',
  '2026-11-21T24:00:00Z',
  '2026-11-21',
  1_700_000_000,
])('the timestamp %j is refused', (timestamp) => {
  expect(refusal(flatEvent('app_launched', { timestamp }))?.path).toBe('timestamp');
});

test('32 levels and 8 KB of payload are taken, and no more', () => {
  const nested = (levels: number): unknown => (levels === 0 ? 1 : [nested(levels - 1)]);
  expect(refusal(flatEvent('app_launched', { deep: nested(31) }))).toBeNull();
  expect(refusal(flatEvent('app_launched', { deep: nested(32) }))?.reason).toMatch(/nested deeper than 32/);
  expect(refusal(flatEvent('app_launched', { long: 'x'.repeat(8_000) }))).toBeNull();
  expect(refusal(flatEvent('app_launched', { long: 'é'.repeat(4_100) }))?.reason).toMatch(/8192 are allowed/);
});

test.for(['\0', '\ud800', 'a\\\0'])('text that PostgreSQL cannot hold is refused: %j', (broken) => {
  expect(refusal(flatEvent('app_launched', { note: broken }))?.reason).toMatch(/NUL/);
  expect(refusal(flatEvent('app_launched', { [broken]: 1 }))?.reason).toMatch(/NUL/);
  expect(refusal(flatEvent('app_launched', { session_id: broken }))?.reason).toMatch(/NUL/);
});

test('a backslash before u0000 is no NUL', () => {
  expect(read(flatEvent('app_launched', { note: '\\u0000 \\\\ud800' })).payload['note']).toBe('\\u0000 \\\\ud800');
});

/** The same, of which JSON loses nothing. */
function withoutMinusZero(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutMinusZero);
  if (typeof value !== 'object' || value === null) return value === 0 ? 0 : value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutMinusZero(inner)]));
}

test('whatever a stranger sends is read or refused, and what is read holds together', () => {
  const anyField = fc.oneof(fc.constantFrom(...Object.keys(flatEvent('game_ended')), '__proto__', 'data'), fc.string());
  const sent = fc.oneof(
    fc.jsonValue(),
    fc
      .tuple(fc.constantFrom(...flatTypes, ...nestedTypes), fc.dictionary(anyField, fc.jsonValue()))
      .map(([type, fields]) => flatEvent(type, fields)),
  );
  fc.assert(
    fc.property(sent, (value) => {
      const before = JSON.stringify(value);
      const reading = readEvent(value);
      expect(JSON.stringify(value)).toBe(before);
      const told = 'refusal' in reading ? reading.refusal : reading.event.payload;
      // -0 is 0 once it is written.
      expect(JSON.parse(JSON.stringify(told))).toEqual(withoutMinusZero(told));
      expect(({} as Record<string, unknown>)['score']).toBeUndefined();
    }),
  );
});

test('reading takes time in proportion to the length', () => {
  const long: ((length: number) => unknown)[] = [
    (length) => flatEvent('app_launched', { note: '\\'.repeat(length) }),
    (length) => flatEvent('app_launched', { note: '\\u'.repeat(length / 2) }),
    (length) => flatEvent('app_launched', { ['_a'.repeat(length / 2)]: 1 }),
    (length) => flatEvent('app_launched', { list: Array.from({ length: length / 2 }, () => []) }),
    (length) =>
      flatEvent('app_launched', Object.fromEntries(Array.from({ length: length / 8 }, (_, i) => [`k${i}`, 0]))),
    (length) => flatEvent('a_'.repeat(length / 2)),
    (length) => flatEvent('app_launched', { timestamp: '2026-11-21T12:00:00.'.padEnd(length, '0') }),
  ];
  for (const make of long) {
    const small = msOf(() => readEvent(make(20_000)));
    const large = msOf(() => readEvent(make(200_000)));
    expect(large).toBeLessThan(40 * small + 20);
  }
});

/** The shortest of five: what others do on this machine lengthens some. */
function msOf(work: () => void): number {
  const times = Array.from({ length: 5 }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
  return Math.min(...times);
}

function taken(reading: EventReading) {
  if ('refusal' in reading) throw new Error(JSON.stringify(reading.refusal));
  return reading.event;
}
