import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { watchStalledStreams } from '../../src/http/stalledStreams.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A response whose client does or does not take what is written. */
function response(isStalled: boolean) {
  const emitter = new EventEmitter();
  return Object.assign(emitter, { writableNeedDrain: isStalled, destroy: vi.fn(() => emitter.emit('close')) });
}

function watched(...responses: ReturnType<typeof response>[]) {
  const streams = watchStalledStreams(pino({ level: 'silent' }));
  for (const one of responses) streams.watch(one as unknown as ServerResponse);
  return streams;
}

test('a client that takes nothing for 30 seconds is cut, within 10 seconds more', () => {
  const [reads, stalls] = [response(false), response(true)];
  const streams = watched(reads, stalls);
  vi.advanceTimersByTime(29_999);
  expect(stalls.destroy).not.toHaveBeenCalled();
  vi.advanceTimersByTime(10_001);
  expect(stalls.destroy).toHaveBeenCalledOnce();
  expect(reads.destroy).not.toHaveBeenCalled();
  streams.stop();
});

test('a client that takes something now and then is kept', () => {
  const slow = response(true);
  const streams = watched(slow);
  for (let turn = 0; turn < 10; turn += 1) {
    vi.advanceTimersByTime(20_000);
    slow.writableNeedDrain = false;
    vi.advanceTimersByTime(5_000);
    slow.writableNeedDrain = true;
  }
  expect(slow.destroy).not.toHaveBeenCalled();
  streams.stop();
});

test('a client that has left is not cut again', () => {
  const left = response(true);
  const streams = watched(left);
  left.emit('close');
  vi.advanceTimersByTime(120_000);
  expect(left.destroy).not.toHaveBeenCalled();
  streams.stop();
});

test('stopping leaves no timer', () => {
  watched().stop();
  expect(vi.getTimerCount()).toBe(0);
});
