import { expect, test } from 'vitest';
import { type Bench, measureAll, type Measurement, type Outcome } from '../../bench/bench.ts';
import type { Finding } from '../../bench/report/finding.ts';
import type { Stores } from '../../bench/stores/openStores.ts';

const finding: Finding = {
  kind: 'growth',
  name: 'any',
  title: 'Any',
  about: '',
  unit: 'ms',
  of: 'entries',
  sizes: [],
  lines: [],
};
const hangs = () => new Promise<never>(() => {});

async function outcomesOf(
  measurements: Record<string, Measurement>,
  { interruption = new AbortController(), deadlineSeconds = 0.5 } = {},
) {
  const outcomes: Outcome[] = [];
  const running = measureAll(Object.entries(measurements), {
    stores: { databaseUrl: '', redisUrl: '' } as Stores,
    effort: { isQuick: true, seconds: 1, rounds: 1 },
    deadlineSeconds,
    signal: interruption.signal,
  });
  for await (const outcome of running) outcomes.push(outcome);
  return outcomes;
}

test('a measurement that hangs or fails is closed, and the next is made', async () => {
  const closed: string[] = [];
  const closing = (name: string, work: (bench: Bench) => Promise<Finding[]>) => async (bench: Bench) => {
    bench.closing(() => void closed.push(name));
    return work(bench);
  };
  const outcomes = await outcomesOf({
    hangs: closing('hangs', hangs),
    fails: closing('fails', () => Promise.reject(new Error('no'))),
    works: closing('works', () => Promise.resolve([finding])),
  });
  expect(outcomes).toMatchObject([
    { name: 'hangs', error: new Error('not finished after 0.5 s') },
    { name: 'fails', error: new Error('no') },
    { name: 'works', findings: [finding] },
  ]);
  expect(closed).toEqual(['hangs', 'fails', 'works']);
});

test('servers that were started have ended when the measurement has, however it does', async () => {
  let url = '';
  const any: Measurement = async (bench) => {
    ({ url } = await bench.start('bench/servers/rawAnswer.ts', { ANSWER: '{}' }));
    expect((await fetch(url, { method: 'POST', body: '{}' })).status).toBe(200);
    throw new Error('no');
  };
  expect(await outcomesOf({ any }, { deadlineSeconds: 15 })).toMatchObject([{ error: new Error('no') }]);
  await expect(fetch(url)).rejects.toThrow('fetch failed');
});

test('an interruption ends the present measurement, and none follows', async () => {
  const interruption = new AbortController();
  const outcomes = await outcomesOf(
    {
      first: () => {
        setTimeout(() => interruption.abort(), 10);
        return hangs();
      },
      second: () => Promise.resolve([finding]),
    },
    { interruption },
  );
  expect(outcomes).toMatchObject([{ name: 'first', error: new Error('interrupted') }]);
});
