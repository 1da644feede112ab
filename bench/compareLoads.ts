import { alternate } from './alternate.ts';
import { applyLoad, type Load, type Measured, medianOf } from './load.ts';
import { printTable, shortNumber } from './printTable.ts';
import { median } from './statistics.ts';

export type LoadSubject = { name: string } & Omit<Load, 'connections' | 'seconds'>;

const WARM_UP_SECONDS = 2;

/**
 * Loads the subjects in turn and prints a table. The first is ours; the last column says how many times as much it did
 * as each yardstick, as the median over the pairs of rounds that followed each other. `unit` is what one request counts.
 */
export async function compareLoads(options: {
  title: string;
  unit: { name: string; perRequest: number };
  subjects: LoadSubject[];
  connections: number;
  seconds: number;
  rounds: number;
}): Promise<void> {
  const { title, unit, subjects, connections, seconds, rounds } = options;
  const results = await alternate<Measured>(
    subjects.map(({ name, ...load }) => ({
      name,
      measure: ({ warmUp }) => applyLoad({ ...load, connections, seconds: warmUp ? WARM_UP_SECONDS : seconds }),
    })),
    rounds,
  );
  const ours = results[0] ?? [];
  printTable(
    `${title}, ${connections} connections, median of ${rounds} rounds of ${seconds} s`,
    [`${unit.name}/s`, 'p50 ms', 'p99 ms', 'ours is'],
    subjects.map(({ name }, index) => {
      const own = results[index] ?? [];
      const { perSecond, p50Ms, p99Ms } = medianOf(own);
      const ratio = median(ours.map((round, at) => round.perSecond / (own[at]?.perSecond ?? Number.NaN)));
      const cells = [perSecond * unit.perRequest, p50Ms, p99Ms].map(shortNumber);
      return [name, ...cells, index === 0 ? '' : `${ratio.toFixed(2)} x`];
    }),
  );
}
