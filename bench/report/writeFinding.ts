import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { barChart } from './barChart.ts';
import type { Facts } from './facts.ts';
import type { Finding } from './finding.ts';
import { lineChart } from './lineChart.ts';

/** What a file of results holds. */
export type Written = Finding & { facts: Facts };

/** Writes `<name>.json` and `<name>.svg` into the folder, in place of earlier ones. */
export function writeFinding(folder: string, finding: Finding, facts: Facts): void {
  mkdirSync(folder, { recursive: true });
  const written: Written = { ...finding, facts };
  writeFileSync(join(folder, `${finding.name}.json`), `${JSON.stringify(written, rounded, 2)}\n`);
  const chart = finding.kind === 'growth' ? lineChart(finding, facts) : barChart(finding, facts);
  writeFileSync(join(folder, `${finding.name}.svg`), chart);
}

/** Four digits that count: more would be noise, and a change in every line at every run. */
function rounded(_key: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(4)) : value;
}
