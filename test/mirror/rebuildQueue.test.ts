import { expect, test, vi } from 'vitest';
import type { PeriodRef } from '../../src/domain/leaderboards/periodChange.ts';
import { createRebuildQueue } from '../../src/mirror/rebuildQueue.ts';

const periodOf = (leaderboardId: string): PeriodRef => ({ leaderboardId, cadence: 'ALL_TIME', periodKey: 'ALL' });

test('a period that is added again before its turn is rebuilt once, and one at a time', async () => {
  let underWay = 0;
  const rebuilt: string[] = [];
  const rebuild = async ({ leaderboardId }: PeriodRef) => {
    underWay += 1;
    expect(underWay).toBe(1);
    await Promise.resolve();
    underWay -= 1;
    rebuilt.push(leaderboardId);
    return true;
  };
  const queue = createRebuildQueue({ rebuild, onUndone: vi.fn(), log: { warn: vi.fn() } });
  for (const id of ['first', 'second', 'third', 'second']) queue.add(periodOf(id));
  await queue.drained();
  expect(rebuilt).toEqual(['first', 'second', 'third']);
});

test('a rebuild that fails or is somebody else’s is handed on, and the next is done', async () => {
  const log = { warn: vi.fn() };
  const undone: string[] = [];
  const queue = createRebuildQueue({
    rebuild: ({ leaderboardId }) =>
      leaderboardId === 'failing'
        ? Promise.reject(new Error('Redis is away'))
        : Promise.resolve(leaderboardId === 'good'),
    onUndone: ({ leaderboardId }) => undone.push(leaderboardId),
    log,
  });
  for (const id of ['failing', 'taken', 'good']) queue.add(periodOf(id));
  await queue.drained();
  expect(undone).toEqual(['failing', 'taken']);
  expect(log.warn).toHaveBeenCalledOnce();
});
