import { afterEach, beforeEach, expect, type Mock, test, vi } from 'vitest';
import { RETRY_MS } from '../../src/async/throttledReads.ts';
import { openSessions, type Sessions } from '../../src/auth/sessions.ts';
import type { Ended, Viewer } from '../../src/domain/players/viewer.ts';

const NOW = new Date('2026-11-21T12:00:00Z');
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const POLL_MS = 2_000;
const PAUSE_MS = 100;
/** A timer that is set by a timer rings a millisecond later at least. */
const SOON_MS = 10;

type Opened = { sessions: Sessions; read: Mock; logged: Mock; publish: Mock; notice: () => void };

let opened: Opened;
/** What the database says has ended since the last reading. */
let ended: Ended[];
beforeEach(async () => {
  vi.useFakeTimers({ now: NOW });
  ended = [];
  opened = await open();
});
afterEach(async () => {
  opened.sessions.close();
  await vi.advanceTimersByTimeAsync(PAUSE_MS);
  expectNoTimer();
  vi.useRealTimers();
});

async function open(): Promise<Opened> {
  const read = vi.fn(async () => ({ readAt: new Date(), ended: ended.splice(0) }));
  const [logged, publish] = [vi.fn(), vi.fn()];
  let notice = () => {};
  const listen = (heard: () => void) => {
    notice = heard;
    return () => {};
  };
  const sessions = await openSessions({ read, notices: { publish, listen }, log: { error: logged } });
  return { sessions, read, logged, publish, notice: () => notice() };
}

const inMs = (ms: number) => new Date(Date.now() + ms);
const viewerOf = (of: Partial<Viewer> = {}): Viewer => ({
  subject: 'ada',
  playerId: 'ada',
  sessionId: 'phone',
  roles: ['player'],
  expiresAt: inMs(DAY_MS),
  ...of,
});
const phone = () => viewerOf();
const tablet = () => viewerOf({ sessionId: 'tablet' });
const bea = () => viewerOf({ playerId: 'bea', sessionId: 'bea’s phone' });
const until = () => inMs(DAY_MS);

test('a session that was ended here is ended at once, others are not, and other instances are told', () => {
  const { sessions, publish } = opened;
  sessions.end([{ id: 'phone', until: until() }]);
  expect([phone(), tablet(), bea()].map(sessions.isEnded)).toEqual([true, false, false]);
  expect(publish).toHaveBeenCalledOnce();
});

test('with a deleted player all their sessions have ended', () => {
  const { sessions } = opened;
  sessions.end([{ id: 'ada', until: until() }]);
  expect([phone(), tablet(), bea()].map(sessions.isEnded)).toEqual([true, true, false]);
});

test('nobody’s account has no session that could end', () => {
  const { sessions } = opened;
  const server = viewerOf({ playerId: null, roles: ['server'] });
  sessions.end([{ id: server.sessionId, until: until() }]);
  expect(sessions.isEnded(server)).toBe(false);
});

test('what had ended before the start is known from the start', async () => {
  opened.sessions.close();
  ended = [{ id: 'phone', until: until() }];
  opened = await open();
  expect(opened.read).toHaveBeenCalledWith(null);
  expect(opened.sessions.isEnded(phone())).toBe(true);
});

test('a notice has read what others have ended, and a lost one is made up for in two seconds', async () => {
  const { sessions, read, notice } = opened;
  ended = [{ id: 'phone', until: until() }];
  notice();
  await vi.advanceTimersByTimeAsync(0);
  expect(sessions.isEnded(phone())).toBe(true);
  expect(read).toHaveBeenLastCalledWith(NOW);

  ended = [{ id: 'tablet', until: until() }];
  await vi.advanceTimersByTimeAsync(POLL_MS + SOON_MS);
  expect(sessions.isEnded(tablet())).toBe(true);
});

test('a storm of notices is at most ten readings a second', async () => {
  const { read, notice } = opened;
  read.mockClear();
  for (let turn = 0; turn < 1_000; turn += 1) {
    notice();
    await vi.advanceTimersByTimeAsync(1);
  }
  expect(read.mock.calls.length).toBeLessThanOrEqual(11);
  expect(read.mock.calls.length).toBeGreaterThan(5);
});

test('a database that is away is logged once each time, and read again every second', async () => {
  const { sessions, read, logged } = opened;
  read.mockRejectedValueOnce(new Error('away')).mockRejectedValueOnce(new Error('away'));
  ended = [{ id: 'phone', until: until() }];
  await vi.advanceTimersByTimeAsync(POLL_MS + RETRY_MS + SOON_MS);
  expect(logged).toHaveBeenCalledOnce();
  expect(sessions.isEnded(phone())).toBe(false);
  await vi.advanceTimersByTimeAsync(RETRY_MS);
  expect(sessions.isEnded(phone())).toBe(true);
  read.mockRejectedValueOnce(new Error('away again'));
  await vi.advanceTimersByTimeAsync(POLL_MS);
  expect(logged).toHaveBeenCalledTimes(2);
});

test('a database that is away at the start is no start', async () => {
  const read = () => Promise.reject(new Error('away'));
  const notices = { publish: () => {}, listen: () => () => {} };
  await expect(openSessions({ read, notices, log: { error: () => {} } })).rejects.toThrow('away');
});

test('who listens for the end of a session hears of it once, however it ends and however often', () => {
  const { sessions } = opened;
  const [phones, tablets, beas] = [vi.fn(), vi.fn(), vi.fn()];
  sessions.onEnd(phone(), phones);
  sessions.onEnd(phone(), phones);
  sessions.onEnd(tablet(), tablets);
  const forget = sessions.onEnd(bea(), beas);
  sessions.end([{ id: 'phone', until: until() }]);
  expect(phones).toHaveBeenCalledTimes(2);
  expect(tablets).not.toHaveBeenCalled();
  sessions.end([{ id: 'phone', until: until() }]);
  sessions.end([{ id: 'ada', until: until() }]);
  expect(phones).toHaveBeenCalledTimes(2);
  expect(tablets).toHaveBeenCalledOnce();
  expect(beas).not.toHaveBeenCalled();
  forget();
});

test('a session that has ended already ends at once', () => {
  const { sessions } = opened;
  sessions.end([{ id: 'phone', until: until() }]);
  const ends = vi.fn();
  sessions.onEnd(phone(), ends);
  expect(ends).toHaveBeenCalledOnce();
});

test.each([
  ['in a moment', 1_500],
  ['in a day', DAY_MS],
  ['later than a timer can wait', 60 * DAY_MS],
])('a token that expires %s ends then and not before', (_when, ms) => {
  const ends = vi.fn();
  opened.sessions.onEnd(viewerOf({ expiresAt: inMs(ms) }), ends);
  const forgotten = vi.fn();
  opened.sessions.onEnd(viewerOf({ expiresAt: inMs(ms) }), forgotten)();
  opened.sessions.close();
  vi.advanceTimersByTime(ms - 1);
  expect(ends).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(ends).toHaveBeenCalledOnce();
  expect(forgotten).not.toHaveBeenCalled();
});

test('who has left hears nothing more, and no timer waits for them', () => {
  const { sessions } = opened;
  const before = vi.getTimerCount();
  const ends = vi.fn();
  const forget = sessions.onEnd(phone(), ends);
  expect(vi.getTimerCount()).toBe(before + 1);
  forget();
  expect(vi.getTimerCount()).toBe(before);
  sessions.end([{ id: 'phone', until: until() }]);
  expect(ends).not.toHaveBeenCalled();
});

test('an ended session is forgotten when its token has expired anyway', async () => {
  const { sessions } = opened;
  sessions.end([{ id: 'phone', until: inMs(HOUR_MS) }]);
  await vi.advanceTimersByTimeAsync(HOUR_MS);
  expect(sessions.isEnded(phone())).toBe(true);
  await vi.advanceTimersByTimeAsync(5 * 60_000);
  expect(sessions.isEnded(phone())).toBe(false);
});

function expectNoTimer(): void {
  expect(vi.getTimerCount()).toBe(0);
}
