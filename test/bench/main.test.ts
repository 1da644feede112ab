import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, inject, test } from 'vitest';
import { loadMeasurements } from '../../bench/loadMeasurements.ts';
import type { Written } from '../../bench/report/writeFinding.ts';
import { runScript } from '../commands/runScript.ts';

const folder = mkdtempSync(join(tmpdir(), 'laurel-bench-test-'));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const bench = (...args: string[]) =>
  runScript('../../bench/main.ts', args, {
    env: { DATABASE_URL: inject('postgresUrl'), REDIS_URL: inject('redisUrl') },
  });

test('a quick run measures what is named, and leaves figures and a chart of each', { timeout: 180_000 }, async () => {
  const { code, stdout, stderr } = await bench('top', 'batches', 'growth', '--quick', '--out', folder);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const names = ['batches', 'growth-boards', 'growth-entries', 'top', 'top-changing'];
  expect(readdirSync(folder).toSorted()).toEqual(names.flatMap((name) => [`${name}.json`, `${name}.svg`]).toSorted());
  for (const name of names) {
    const found = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as Written;
    const rounds = found.kind === 'growth' ? found.lines.map((line) => line.rounds) : roundsOf(found.groups);
    expect(rounds.flat(2).every((value) => value > 0)).toBe(true);
    expect(stdout).toContain(`(${name}; `);
  }
});

test('a measurement that there is none of is refused with the names of those there are', async () => {
  const { code, stderr } = await bench('tip');
  expect(code).toBe(1);
  expect(stderr).toContain('There is no measurement tip.');
  for (const name of (await loadMeasurements()).keys()) expect(stderr).toContain(`[${name}]`);
});

function roundsOf(groups: { rows: { rounds: number[] }[] }[]): number[][] {
  return groups.flatMap(({ rows }) => rows.map(({ rounds }) => rounds));
}
