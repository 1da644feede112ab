import type { ServerResponse } from 'node:http';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createHeartbeats } from '../../../src/http/streams/heartbeats.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function response({ writableNeedDrain = false, writableEnded = false } = {}) {
  return { writableNeedDrain, writableEnded, write: vi.fn() } as unknown as ServerResponse & {
    write: ReturnType<typeof vi.fn>;
  };
}

test('a silent stream has a heartbeat every twelve seconds, whenever it began', async () => {
  const heartbeats = createHeartbeats();
  const streams: ReturnType<typeof response>[] = [];
  for (let begun = 0; begun < 30; begun += 1) {
    const stream = response();
    heartbeats.add(stream);
    streams.push(stream);
    await vi.advanceTimersByTimeAsync(700);
  }
  for (const stream of streams) stream.write.mockClear();
  for (let turn = 1; turn <= 3; turn += 1) {
    await vi.advanceTimersByTimeAsync(12_000);
    for (const { write } of streams)
      expect(write.mock.calls).toEqual(Array.from({ length: turn }, () => [Buffer.from(':\n\n')]));
  }
  for (const stream of streams) heartbeats.remove(stream);
});

test('the first heartbeat comes within twelve seconds', async () => {
  const heartbeats = createHeartbeats();
  heartbeats.add(response());
  await vi.advanceTimersByTimeAsync(900);
  const stream = response();
  heartbeats.add(stream);
  await vi.advanceTimersByTimeAsync(12_000);
  expect(stream.write).toHaveBeenCalledOnce();
});

test('nothing is written to a client that does not read, nor behind the end', async () => {
  const heartbeats = createHeartbeats();
  const streams = [response({ writableNeedDrain: true }), response({ writableEnded: true })];
  for (const stream of streams) heartbeats.add(stream);
  await vi.advanceTimersByTimeAsync(60_000);
  for (const { write } of streams) expect(write).not.toHaveBeenCalled();
});

test('there is one timer for all streams, and none when the last has gone', () => {
  const heartbeats = createHeartbeats();
  const streams = Array.from({ length: 100 }, () => response());
  for (const stream of streams) heartbeats.add(stream);
  expect(vi.getTimerCount()).toBe(1);
  for (const stream of [...streams, ...streams]) heartbeats.remove(stream);
  expect(vi.getTimerCount()).toBe(0);
  heartbeats.add(response());
  expect(vi.getTimerCount()).toBe(1);
});
