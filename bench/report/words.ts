import type { Facts } from './facts.ts';
import type { Row } from './finding.ts';

/** Where figures come from, which mean little without it. */
export function conditionsOf({
  on,
  commit,
  machine,
  versions,
  isDurable,
  effort,
}: Omit<Facts, 'othersCores'>): string[] {
  const { cores, processor, memoryGiB } = machine;
  return [
    `${on}, commit ${commit}`,
    `${cores} cores (${processor}), ${memoryGiB} GiB`,
    `Node ${versions.node}, PostgreSQL ${versions.postgresql}${isDurable ? '' : ' without fsync'}, Redis ${versions.redis}`,
    `${effort.rounds} rounds of ${effort.seconds} s${effort.isQuick ? ' (quick)' : ''}`,
  ];
}

/** What stands under each chart. */
export function footOf(facts: Facts): string[] {
  return [...conditionsOf(facts), `others used ${facts.othersCores} cores`];
}

/** `0.57 x`, and two digits that count of what is small. */
export function times(ratio: number): string {
  return `${ratio < 0.1 ? ratio.toPrecision(2) : ratio.toFixed(2)} x`;
}

/** `0.57 x (0.55–0.60)`: the median of the rounds, the least and the most. */
export function ratioOf({ ours }: Row): string {
  if (!ours) return '';
  const [least, most] = [ours.least, ours.most].map((value) => times(value).replace(' x', ''));
  return `${times(ours.median)} (${least}–${most})`;
}
