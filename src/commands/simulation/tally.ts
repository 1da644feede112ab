/** What became of the scores. `failed` counts requests, which are tried again; `lost` scores that were given up on. */
export type Counts = { submitted: number; improved: number; replayed: number; failed: number; lost: number };

export type Tally = {
  answered(answer: { outcome: string; replayed: boolean }, ms: number): void;
  failed(): void;
  lost(): void;
  total: Counts;
  /** A line on what came since the last call. */
  nextLine(): string;
  summary(): string;
};

const COLUMNS = ['second', 'submitted', 'improved', 'replayed', 'failed', 'p50 ms', 'p99 ms'];
export const TALLY_HEADING = COLUMNS.map((column) => column.padStart(10)).join('');

export function createTally(): Tally {
  const total: Counts = { submitted: 0, improved: 0, replayed: 0, failed: 0, lost: 0 };
  const allMs: number[] = [];
  let before = { ...total };
  let seconds = 0;
  let answeredBefore = 0;
  return {
    total,
    answered: ({ outcome, replayed }, ms) => {
      total.submitted += 1;
      if (replayed) total.replayed += 1;
      else if (outcome === 'IMPROVED') total.improved += 1;
      allMs.push(ms);
    },
    failed: () => {
      total.failed += 1;
    },
    lost: () => {
      total.lost += 1;
    },
    nextLine: () => {
      seconds += 1;
      const ms = allMs.slice(answeredBefore);
      answeredBefore = allMs.length;
      const counts = (['submitted', 'improved', 'replayed', 'failed'] as const).map((key) => total[key] - before[key]);
      before = { ...total };
      const cells = [seconds, ...counts, percentile(ms, 0.5), percentile(ms, 0.99)];
      return cells.map((cell) => String(cell).padStart(10)).join('');
    },
    summary: () =>
      `${total.submitted} submitted, of which ${total.improved} improved an entry and ${total.replayed} were replays; ` +
      `${total.failed} requests failed, ${total.lost} scores lost; ` +
      `p50 ${percentile(allMs, 0.5)} ms, p99 ${percentile(allMs, 0.99)} ms`,
  };
}

function percentile(values: number[], share: number): string {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * share) - 1]?.toFixed(1) ?? '-';
}
