import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { identifyEvent } from '../../../src/domain/events/identifyEvent.ts';
import { readEvent } from '../../../src/domain/events/readEvent.ts';
import { flatEvent } from './sampleEvents.ts';

const PLAYER = '00000000-0000-4000-8000-000000000001';

function idOf(sent: object, owner: { playerId?: string; gameId?: string } = {}): string {
  const reading = readEvent(sent);
  if ('refusal' in reading) throw new Error(JSON.stringify(reading.refusal));
  return identifyEvent({ ...reading.event, gameId: 'game', playerId: PLAYER, ...owner });
}

test('the same event has the same id, however its fields are ordered or named', () => {
  const sent = flatEvent('app_installed', { note: { b: 1, a: [2] } });
  const { device_model: deviceModel, ...others } = sent;
  const turned = Object.fromEntries(Object.entries({ ...others, deviceModel, note: { a: [2], b: 1 } }).toReversed());
  expect(idOf(turned)).toBe(idOf(sent));
});

test('what differs in player, game, type, moment or payload is another event', () => {
  const sent = flatEvent('game_paused');
  const ids = [
    idOf(sent),
    idOf(sent, { playerId: 'another' }),
    idOf(sent, { gameId: 'another' }),
    idOf({ ...sent, timestamp: '2026-11-21T12:00:00.000001Z' }),
    idOf({ ...sent, score_at_pause: 4 }),
    idOf({ ...sent, event_id: 'e1' }),
    idOf({ ...sent, event_id: 'e2' }),
    idOf({ ...flatEvent('game_resumed', sent), event_type: 'game_resumed' }),
  ];
  expect(new Set(ids).size).toBe(ids.length);
});

test('of an event with an id of its own nothing else matters', () => {
  expect(idOf(flatEvent('game_paused', { event_id: 'e', score_at_pause: 9 }))).toBe(
    idOf(flatEvent('app_launched', { event_id: 'e' })),
  );
});

test('ids are UUIDs, one for each identity', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, maxLength: 20 }), fc.string({ minLength: 1, maxLength: 20 }), (a, b) => {
      const [first, second] = [a, b].map((clientId) =>
        identifyEvent({ ...event, clientId, gameId: 'game', playerId: PLAYER }),
      );
      expect(first).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      expect(first === second).toBe(a === b);
    }),
  );
});

const event = {
  type: 'game_paused',
  version: 1,
  occurredAt: new Date(0),
  timestampText: '',
  appVersion: null,
  platform: null,
  sessionId: null,
  locale: null,
  payload: {},
};
