import type { Bench } from '../bench.ts';
import { alternate } from '../load/alternate.ts';
import { applyLoad, type Load, type Measured, medianOf } from '../load/applyLoad.ts';
import { type Group, type Row, rowsOf, type Subject } from './finding.ts';

export type LoadSubject = { name: string } & Omit<Load, 'connections' | 'seconds'>;

type Options = {
  name: string;
  /** Ours first. */
  subjects: LoadSubject[];
  connections: number;
  /** What one request counts: 100, where it carries so many scores. */
  perRequest?: number;
  /** What should be reached, and whether these rows do. */
  aim?: { text: string; isMet(rows: Row[]): boolean };
};

/** Puts the subjects under the same load in turn. */
export async function compareLoads(bench: Bench, options: Options): Promise<Group> {
  const { name, subjects, connections, perRequest = 1, aim } = options;
  const { effort } = bench;
  const warmUpSeconds = Math.min(2, effort.seconds);
  const results = await alternate<Measured>(
    subjects.map(({ name: subject, ...load }) => ({
      name: subject,
      measure: ({ warmUp }) => applyLoad({ ...load, connections, seconds: warmUp ? warmUpSeconds : effort.seconds }),
    })),
    bench,
  );
  const [ours, ...others] = subjects.map((subject, index) => subjectOf(subject, results[index] ?? [], perRequest));
  if (!ours) throw new Error('there is nothing to measure');
  const rows = rowsOf([ours, ...others]);
  return { name, rows, aim: aim ? { text: aim.text, isMet: aim.isMet(rows) } : null };
}

function subjectOf({ name, beside }: LoadSubject, rounds: Measured[], perRequest: number): Subject {
  const { p50Ms, p99Ms, generatorShare, besidePerSecond } = medianOf(rounds);
  return {
    name,
    rounds: rounds.map(({ perSecond }) => perSecond * perRequest),
    more: {
      'p50 ms': p50Ms,
      'p99 ms': p99Ms,
      'generator busy': generatorShare,
      ...(beside ? { 'beside it/s': besidePerSecond } : {}),
    },
  };
}
