import type { Facts } from './facts.ts';
import type { Comparison, Row } from './finding.ts';
import { shortNumber } from './shortNumber.ts';
import { drawing, element, foot, text, widthOf } from './svg.ts';
import { footOf, times } from './words.ts';

const WIDTH = 820;
const MARGIN = 16;
const HEAD = 62;
const GROUP_HEAD = 26;
const BAR = 18;
const BAR_STEP = 25;
const GROUP_GAP = 12;

/** A bar for each subject, with a whisker from the least to the most of its rounds, and what ours is beside it. */
export function barChart(finding: Comparison, facts: Facts): string {
  const { title, unit, better, groups, hasOwnScales = false } = finding;
  const rows = groups.flatMap((group) => group.rows);
  const left = MARGIN + Math.max(...rows.map(({ name }) => widthOf(name))) + 10;
  const right = WIDTH - MARGIN - Math.max(...rows.map((row) => widthOf(labelOf(row))));
  const scaleOf = (shown: Row[]) => {
    const most = Math.max(...shown.flatMap(({ value, rounds }) => [value, ...rounds]));
    return (value: number) => left + (Math.max(0, value) / most) * (right - left - 10);
  };

  const scales = hasOwnScales ? '; each group has a scale of its own' : '';
  const parts = [
    text(MARGIN, 28, title, { class: 'ink', 'font-size': 16, 'font-weight': 600 }),
    text(MARGIN, 48, `${unit}, ${better} is better; whiskers: the least and the most of the rounds${scales}`, {
      class: 'faint',
    }),
  ];
  let top = HEAD;
  for (const { name, rows: own } of groups) {
    parts.push(text(MARGIN, top + 17, name, { class: 'ink', 'font-weight': 600 }));
    top += GROUP_HEAD;
    const at = scaleOf(hasOwnScales ? own : rows);
    for (const row of own) {
      parts.push(...barOf(row, { left, top, at }));
      top += BAR_STEP;
    }
    top += GROUP_GAP;
  }
  const { drawn, height } = foot(footOf(facts), { x: MARGIN, y: top, width: WIDTH - 2 * MARGIN });
  const size = { width: WIDTH, height: top + height + MARGIN, title: `${title}, in ${unit}` };
  return drawing(size, [...parts, ...drawn]);
}

function barOf(row: Row, place: { left: number; top: number; at: (value: number) => number }): string[] {
  const { left, top, at } = place;
  const baseline = top + BAR - 4;
  const [least, most] = [Math.min(...row.rounds), Math.max(...row.rounds)];
  const middle = top + BAR / 2;
  return [
    text(left - 8, baseline, row.name, { class: 'ink', 'text-anchor': 'end' }),
    element('rect', {
      class: row.ours ? 'other' : 'ours',
      x: left,
      y: top,
      width: Math.max(1, at(row.value) - left),
      height: BAR,
      rx: 2,
    }),
    element('line', { class: 'whisker', x1: at(least), x2: at(most), y1: middle, y2: middle }),
    text(at(Math.max(row.value, most)) + 8, baseline, labelOf(row)),
  ];
}

function labelOf({ value, ours }: Row): string {
  return ours ? `${shortNumber(value)} (ours is ${times(ours.median)})` : shortNumber(value);
}
