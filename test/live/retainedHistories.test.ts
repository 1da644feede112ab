import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createBoardHistory } from '../../src/live/boardHistory.ts';
import { createRetainedHistories } from '../../src/live/retainedHistories.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('a history is given back once', () => {
  const histories = createRetainedHistories();
  const history = createBoardHistory();
  histories.retain('board', history);
  expect(histories.take('board')).toBe(history);
  expect(histories.take('board')).toBeUndefined();
});

test('a history that nobody has come back for is dropped after a minute, a younger one is not', () => {
  const histories = createRetainedHistories();
  histories.retain('old', createBoardHistory());
  vi.advanceTimersByTime(30_000);
  histories.retain('young', createBoardHistory());
  vi.advanceTimersByTime(30_000);
  histories.expire();
  expect(histories.take('old')).toBeUndefined();
  expect(histories.take('young')).toBeDefined();
});

test('of more than a thousand, those that have been retained the longest are dropped', () => {
  const histories = createRetainedHistories();
  for (let board = 0; board <= 1_000; board += 1) histories.retain(`board ${board}`, createBoardHistory());
  expect(histories.take('board 0')).toBeUndefined();
  expect(histories.take('board 1')).toBeDefined();
});
