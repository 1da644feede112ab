import type { Facts } from './facts.ts';
import type { Growth } from './finding.ts';
import { shortNumber } from './shortNumber.ts';
import { drawing, element, foot, text, widthOf } from './svg.ts';
import { footOf } from './words.ts';

const WIDTH = 820;
const MARGIN = 16;
const TOP = 74;
const BOTTOM = 350;
const LEFT = 72;
/** Labels at the ends of lines that come closer are moved apart. */
const LABEL_STEP = 17;

type Scale = (value: number) => number;

/** A line for each cost; both axes are logarithmic, so that a cost in proportion to the size has the slope of the diagonal. */
export function lineChart(finding: Growth, facts: Facts): string {
  const { title, unit, of, sizes, lines } = finding;
  const labels = lines.map(({ name, values }) => `${name} ${shortNumber(values.at(-1) ?? Number.NaN)}`);
  const right = WIDTH - MARGIN - Math.max(...labels.map((label) => widthOf(label))) - 8;
  const decades = decadesOf(lines.flatMap(({ values }) => values));
  const x = logScale([sizes[0] ?? 1, sizes.at(-1) ?? 1], [LEFT, right]);
  const y = logScale([decades[0] ?? 1, decades.at(-1) ?? 10], [BOTTOM, TOP]);
  const points = lines.map(({ values }) => values.map((value, at): [number, number] => [x(sizes[at] ?? 1), y(value)]));
  const ends = spreadApart(points.map((own) => own.at(-1)?.[1] ?? BOTTOM));
  const { drawn, height } = foot(footOf(facts), { x: MARGIN, y: BOTTOM + 36, width: WIDTH - 2 * MARGIN });
  const whole = { width: WIDTH, height: BOTTOM + 36 + height + MARGIN, title: `${title}, in ${unit}` };
  return drawing(whole, [
    text(MARGIN, 28, title, { class: 'ink', 'font-size': 16, 'font-weight': 600 }),
    text(MARGIN, 48, `${unit} by ${of}; less is better, level is best; both axes are logarithmic`, { class: 'faint' }),
    ...decades.flatMap((value) => [
      element('line', { class: 'grid', x1: LEFT, x2: right, y1: y(value), y2: y(value) }),
      text(LEFT - 8, y(value) + 4, String(value), { class: 'faint', 'text-anchor': 'end' }),
    ]),
    ...sizes.map((size) =>
      text(x(size), BOTTOM + 20, size.toLocaleString('en').replaceAll(',', ' '), {
        class: 'faint',
        'text-anchor': 'middle',
      }),
    ),
    ...points.flatMap((own, index) => [
      element('polyline', {
        class: `line c${index}`,
        points: own.map((point) => point.map(oneDigit).join(',')).join(' '),
      }),
      ...own.map(([cx, cy]) => element('circle', { class: `c${index}`, cx, cy, r: 3.5 })),
      text(right + 8, (ends[index] ?? 0) + 4, labels[index] ?? '', { class: `c${index}` }),
    ]),
    ...drawn,
  ]);
}

function logScale([from, to]: [number, number], [start, end]: [number, number]): Scale {
  const span = Math.log(to) - Math.log(from) || 1;
  return (value) => start + ((Math.log(value) - Math.log(from)) / span) * (end - start);
}

/** The powers of ten from below the least to above the most. */
function decadesOf(values: number[]): number[] {
  const low = Math.floor(Math.log10(Math.min(...values)));
  const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(...values))));
  return Array.from({ length: high - low + 1 }, (_, index) => Number(`1e${low + index}`));
}

/** The same heights, moved down where needed so that texts do not cover each other. */
function spreadApart(heights: number[]): number[] {
  const placed = [...heights];
  let free = Number.NEGATIVE_INFINITY;
  for (const [index] of heights.map((height, at) => [at, height] as const).toSorted((a, b) => a[1] - b[1])) {
    placed[index] = Math.max(placed[index] ?? 0, free);
    free = (placed[index] ?? 0) + LABEL_STEP;
  }
  return placed;
}

const oneDigit = (value: number) => value.toFixed(1);
