import { expect, vi } from 'vitest';
import type { BoardChange } from '../../src/domain/leaderboards/boardChange.ts';
import type { Cadence } from '../../src/domain/leaderboards/period.ts';
import { createBoardHistory } from '../../src/live/boardHistory.ts';
import { type BoardWatch, createBoardWatch } from '../../src/live/boardWatch.ts';
import { fakeBoard } from './fakeBoard.ts';

const opened: BoardWatch[] = [];

/** For `beforeEach`: noon, on a clock that moves only in `pass`. */
export function startClock(): void {
  vi.useFakeTimers({ now: new Date('2026-11-21T12:00:00Z') });
}

export const endWatches = () => endAll(opened);

/** For `afterEach`: closes what the test has watched, and fails it when a timer is left. */
export function endAll(watches: Pick<BoardWatch, 'close' | 'live'>[]): void {
  for (const watch of watches.splice(0)) {
    watch.close();
    expect(watch.live()).toBe(0);
  }
  const timersLeft = vi.getTimerCount();
  vi.useRealTimers();
  expect(timersLeft).toBe(0);
}

export function watched(cadence: Cadence = 'ALL_TIME') {
  const board = fakeBoard(cadence);
  const onUnused = vi.fn();
  const log = { error: vi.fn() };
  const history = createBoardHistory();
  const watch = createBoardWatch({ reader: board.reader, leaderboardId: 'board', cadence, history, log, onUnused });
  opened.push(watch);
  return { board, watch, onUnused, log };
}

/** Reads a stream as fast as it comes. */
export function collect<T>(stream: AsyncIterable<T>): T[] {
  const events: T[] = [];
  void (async () => {
    for await (const event of stream) events.push(event);
  })();
  return events;
}

export async function pass(ms: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms);
}

export function scoresOf(change: BoardChange | undefined) {
  return change && Object.fromEntries(change.standings.map(({ player, score }) => [player.id, score]));
}

export function movesOf(change: BoardChange | undefined) {
  return change?.moves.map(({ player, kind }) => `${player.id} ${kind}`);
}
