import { expect, test, vi } from 'vitest';
import type { VersionedPeriod } from '../../src/db/leaderboards/readVersions.ts';
import { createVersionLooks } from '../../src/mirror/versionLooks.ts';

const periodOf = (leaderboardId: string): VersionedPeriod => ({ leaderboardId, cadence: 'ALL_TIME', key: null });

/** Looks that end when they are told to, each with its own number. */
function heldLooks() {
  const begun: { asked: string[]; end(): void; fail(): void }[] = [];
  const looks = createVersionLooks((periods) => {
    const { promise, resolve, reject } = Promise.withResolvers<(string | null)[]>();
    const number = begun.length + 1;
    begun.push({
      asked: periods.map(({ leaderboardId }) => leaderboardId),
      end: () =>
        resolve(periods.map(({ leaderboardId }) => (leaderboardId === 'empty' ? null : `${leaderboardId}${number}`))),
      fail: () => reject(new Error('away')),
    });
    return promise;
  });
  const untilBegun = (count: number) => vi.waitFor(() => expect(begun).toHaveLength(count));
  return { looks, begun, untilBegun };
}

test('those who ask together share one look at all that they ask for', async () => {
  const { looks, begun, untilBegun } = heldLooks();
  const answers = [['a'], ['b', 'a'], ['a']].map((ids) => looks.versionOf(ids.map(periodOf)));
  await untilBegun(1);
  begun[0]?.end();
  expect(await Promise.all(answers)).toEqual(['a1', 'b1, a1', 'a1']);
  expect(begun[0]?.asked).toEqual(['a', 'b']);
});

test('whoever asks when a look has begun is answered by a later one, which waits while two are under way', async () => {
  const { looks, begun, untilBegun } = heldLooks();
  const wanted = [periodOf('a')];
  const first = looks.versionOf(wanted);
  await untilBegun(1);
  const second = looks.versionOf(wanted);
  await untilBegun(2);
  const third = looks.versionOf(wanted);
  const fourth = looks.versionOf(wanted);
  begun[1]?.end();
  expect(await second).toBe('a2');
  expect(begun).toHaveLength(2);
  begun[0]?.end();
  expect(await first).toBe('a1');
  await untilBegun(3);
  begun[2]?.end();
  expect(await Promise.all([third, fourth])).toEqual(['a3', 'a3']);
});

test('a period that nobody stands in has no version, and a look that fails fails those who wait for it alone', async () => {
  const { looks, begun, untilBegun } = heldLooks();
  const failing = looks.versionOf([periodOf('a')]);
  await untilBegun(1);
  begun[0]?.fail();
  await expect(failing).rejects.toThrow('away');
  const answer = looks.versionOf([periodOf('a'), periodOf('empty')]);
  await untilBegun(2);
  begun[1]?.end();
  expect(await answer).toBeNull();
});
