import type { Facts } from './facts.ts';
import type { Comparison, Finding, Growth } from './finding.ts';
import { shortNumber } from './shortNumber.ts';
import { othersOf, ratioOf, times } from './words.ts';

const NAME_WIDTH = 36;
const COLUMN_WIDTH = 18;

/** A table for a terminal. */
export function printFinding(finding: Finding, facts: Facts): void {
  console.log(`\n${finding.title} (${finding.name}; ${othersOf(facts)})`);
  if (finding.kind === 'growth') printGrowth(finding);
  else printComparison(finding);
}

function printComparison({ unit, groups }: Comparison): void {
  for (const { name, rows, aim } of groups) {
    const more = Object.keys(rows[0]?.more ?? {});
    console.log(lineOf([name, unit, 'ours is', ...more]));
    for (const row of rows) {
      const figures = more.map((key) => shortNumber(row.more[key] ?? Number.NaN));
      console.log(lineOf([`  ${row.name}`, shortNumber(row.value), ratioOf(row), ...figures]));
    }
    if (aim) console.log(`  aim: ${aim.text}: ${aim.isMet ? 'met' : 'NOT met'}`);
  }
}

function printGrowth({ unit, of, sizes, lines }: Growth): void {
  console.log(lineOf([`${unit} by ${of}`, ...sizes.map(String), 'last by first']));
  for (const { name, values } of lines) {
    const [first = Number.NaN] = values;
    const growth = times((values.at(-1) ?? Number.NaN) / first);
    console.log(lineOf([`  ${name}`, ...values.map(shortNumber), growth]));
  }
}

function lineOf([name = '', ...cells]: string[]): string {
  return `${name.padEnd(NAME_WIDTH)}${cells.map((cell) => ` ${cell.padStart(COLUMN_WIDTH)}`).join('')}`;
}
