import type { Facts } from './facts.ts';
import type { Row } from './finding.ts';

/** More of the machine than this in the hands of others makes a difference that is larger than that of two runs. */
const BUSY_SHARE = 0.2;

/** Where figures come from, which mean little without it. */
export function conditionsOf({ on, commit, machine, versions, isDurable, effort }: Omit<Facts, 'others'>): string[] {
  const { cores, processor, memoryGiB } = machine;
  return [
    `${on}, commit ${commit}`,
    `${cores} cores (${processor}), ${memoryGiB} GiB`,
    `Node ${versions.node}, PostgreSQL ${versions.postgresql}${isDurable ? '' : ' without fsync'}, Redis ${versions.redis}`,
    `${effort.rounds} × ${effort.seconds} s in turn${effort.isQuick ? ', quick and cold' : ''}`,
  ];
}

/** What stands under each chart. */
export function footOf(facts: Facts): string[] {
  return [...conditionsOf(facts), othersOf(facts)];
}

/** Says so when the machine was busy with something else. */
export function othersOf({ others, machine }: Pick<Facts, 'machine' | 'others'>): string {
  const isBusy = others.most > BUSY_SHARE * machine.cores;
  const used = `others used ${others.cores.toFixed(1)} of ${machine.cores} cores, ${others.most.toFixed(1)} at most`;
  return isBusy ? `on a busy machine: ${used}` : used;
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
