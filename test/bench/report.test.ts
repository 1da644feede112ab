import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { barChart } from '../../bench/report/barChart.ts';
import type { Facts } from '../../bench/report/facts.ts';
import { withFigures } from '../../bench/report/figures.ts';
import { type Comparison, type Growth, rowsOf } from '../../bench/report/finding.ts';
import { lineChart } from '../../bench/report/lineChart.ts';
import { currentPage, RESULTS } from '../../bench/report/writePage.ts';

const facts: Facts = {
  on: '2026-11-25',
  commit: '0123456789',
  machine: { cores: 2, processor: 'a processor <x64>', memoryGiB: 24 },
  versions: { node: '24.0.0', postgresql: '15.0', redis: '7.0.0' },
  isDurable: true,
  effort: { isQuick: false, seconds: 4, rounds: 3 },
  others: { cores: 0.15, most: 0.5 },
};
const comparison: Comparison = {
  kind: 'comparison',
  name: 'one',
  title: 'This & that',
  about: 'What was done.',
  unit: 'requests/s',
  better: 'more',
  groups: [
    {
      name: '16 connections',
      rows: rowsOf([
        { name: 'ours', rounds: [10, 30, 20], more: { 'p99 ms': 7 } },
        { name: 'theirs', rounds: [20, 20, 80], more: { 'p99 ms': 3 } },
      ]),
      aim: { text: '0.4 of theirs', isMet: true },
    },
  ],
};
const growth: Growth = {
  kind: 'growth',
  name: 'two',
  title: 'By size',
  about: 'What was done.',
  unit: 'ms',
  of: 'entries',
  sizes: [1_000, 1_000_000],
  lines: [
    { name: 'rank', values: [0.5, 1], rounds: [[0.5], [1]] },
    { name: 'page', values: [0.5, 1.01], rounds: [[0.5], [1.01]] },
  ],
};

test('ours is compared with what was measured next to it, round by round', () => {
  const [ours, theirs] = comparison.groups[0]?.rows ?? [];
  expect(ours).toMatchObject({ value: 20, ours: null });
  expect(theirs).toMatchObject({ value: 20, ours: { median: 0.5, least: 0.25, most: 1.5 } });
});

test('charts are whole, escape what is text, and name where they come from', () => {
  for (const chart of [barChart(comparison, facts), lineChart(growth, facts)]) {
    expect(misnestedTags(chart)).toEqual([]);
    expect(chart).toContain('a processor &lt;x64&gt;');
    expect(chart).toContain('commit 0123456789');
    expect(chart).toContain('prefers-color-scheme: dark');
    expect(chart).not.toMatch(/NaN|undefined|Infinity/);
  }
  expect(barChart(comparison, facts)).toContain('This &amp; that');
});

test('names at the ends of lines stand within the picture, and below each other where lines meet', () => {
  const names = [...lineChart(growth, facts).matchAll(/x="([\d.]+)" y="([\d.]+)" class="c\d">/g)];
  const heights = names.map(([, , y]) => Number(y));
  expect(heights).toHaveLength(2);
  // "page 1.01" takes some 70 of the 820.
  expect(Math.max(...names.map(([, x]) => Number(x)))).toBeLessThan(740);
  expect(Math.abs((heights[0] ?? 0) - (heights[1] ?? 0))).toBeGreaterThanOrEqual(13);
});

test('a page shows the figures that are known, and keeps the words between them', () => {
  const page =
    '# Title\n\n<!-- figures: one -->\nold\n<!-- /figures -->\n\nWords.\n\n<!-- figures: other -->\nkept\n<!-- /figures -->\n';
  const shown = withFigures(page, (name) => (name === 'one' ? { ...comparison, facts } : null));
  expect(shown).toContain('| 16 connections | ours | 20.0 |  | 7.00 | 0.4 of theirs: met |');
  expect(shown).toContain('|  | theirs | 20.0 | 0.50 x (0.25–1.50) | 3.00 |  |');
  expect(shown).toContain('![This & that](../bench/results/one.svg)');
  expect(shown).not.toContain('old');
  expect(shown).toContain('Words.\n\n<!-- figures: other -->\nkept\n<!-- /figures -->');
  expect(withFigures(shown, (name) => (name === 'one' ? { ...comparison, facts } : null))).toBe(shown);
});

test('docs/performance.md shows every result that is kept, as it is', () => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/performance.md'), 'utf8');
  expect(currentPage()).toBe(page);
  const names = readdirSync(RESULTS).flatMap((file) => /^(.+)\.json$/.exec(file)?.[1] ?? []);
  expect(names.filter((name) => !page.includes(`<!-- figures: ${name} -->`))).toEqual([]);
});

/** Elements that are opened and not closed, or closed and not open. */
function misnestedTags(svg: string): string[] {
  const open: string[] = [];
  for (const [, closing, name = '', selfClosing] of svg.matchAll(/<(\/?)(\w+)[^>]*?(\/?)>/g)) {
    if (closing && open.at(-1) === name) open.pop();
    else if (!selfClosing) open.push(`${closing}${name}`);
  }
  return open;
}
