const NAME_WIDTH = 34;
const COLUMN_WIDTH = 14;

/** A table with a title; the first column is the name of the row. */
export function printTable(title: string, columns: string[], rows: [name: string, ...cells: string[]][]): void {
  console.log(`\n${title}`);
  console.log(lineOf(['', ...columns]));
  for (const row of rows) console.log(lineOf(row));
}

/** Three digits that count, with spaces between thousands. */
export function shortNumber(value: number): string {
  if (Number.isNaN(value)) return '-';
  if (value < 100) return value.toPrecision(3);
  return Math.round(value)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, ' ');
}

function lineOf([name = '', ...cells]: string[]): string {
  return `  ${name.padEnd(NAME_WIDTH)}${cells.map((cell) => cell.padStart(COLUMN_WIDTH)).join('')}`;
}
