import type { Comparison, Growth } from './finding.ts';
import { shortNumber } from './shortNumber.ts';
import { footOf, ratioOf, times } from './words.ts';
import type { Written } from './writeFinding.ts';

const CHARTS = '../bench/results';
const SECTION = /(<!-- figures: ([\w-]+) -->\n)[^]*?(<!-- \/figures -->)/g;

/** The document with the figures of each `<!-- figures: name -->` as they were found; a section that nothing is known of stays. */
export function withFigures(document: string, find: (name: string) => Written | null): string {
  return document.replaceAll(SECTION, (section, begin: string, name: string, end: string) => {
    const written = find(name);
    return written ? `${begin}\n${figuresOf(written)}\n\n${end}` : section;
  });
}

/** Chart, what was done, table, and where the figures come from. */
function figuresOf(written: Written): string {
  const { name, title, about, facts } = written;
  const table = written.kind === 'growth' ? growthTable(written) : comparisonTable(written);
  return [`![${title}](${CHARTS}/${name}.svg)`, about, table, `<sub>${footOf(facts).join('; ')}</sub>`].join('\n\n');
}

function comparisonTable({ unit, groups }: Comparison): string {
  const more = [...new Set(groups.flatMap(({ rows }) => rows.flatMap((row) => Object.keys(row.more))))];
  const aimed = groups.some(({ aim }) => aim);
  const head = ['', '', unit, 'ours is', ...more, ...(aimed ? ['aim'] : [])];
  const rows = groups.flatMap(({ name, rows: own, aim }) =>
    own.map((row, index) => [
      index === 0 ? name : '',
      row.name,
      shortNumber(row.value),
      ratioOf(row),
      ...more.map((key) => shortNumber(row.more[key] ?? Number.NaN)),
      ...(aimed ? [index === 0 && aim ? `${aim.text}: ${aim.isMet ? 'met' : '**not met**'}` : ''] : []),
    ]),
  );
  return tableOf(head, rows);
}

function growthTable({ unit, of, sizes, lines }: Growth): string {
  const head = [`${unit} by ${of}`, ...sizes.map(shortNumber), 'last by first'];
  const rows = lines.map(({ name, values }) => {
    const [first = Number.NaN] = values;
    return [name, ...values.map(shortNumber), times((values.at(-1) ?? Number.NaN) / first)];
  });
  return tableOf(head, rows);
}

function tableOf(head: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
