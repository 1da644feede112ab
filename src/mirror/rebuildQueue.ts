import { describeError, type Log } from '../log.ts';
import { type PeriodRef, periodName } from '../domain/leaderboards/periodChange.ts';

export type RebuildQueue = {
  /** Waits for its turn; once, however often it is added before. */
  add(period: PeriodRef): void;
  /** Resolves when no rebuild is under way or waiting. */
  drained(): Promise<void>;
};

/** Runs `rebuild` for one period after the other. What it says false of, and what fails, goes to `onUndone`. */
export function createRebuildQueue(options: {
  rebuild: (period: PeriodRef) => Promise<boolean>;
  onUndone: (period: PeriodRef) => void;
  log: Pick<Log, 'warn'>;
}): RebuildQueue {
  const { rebuild, onUndone, log } = options;
  const waiting = new Map<string, PeriodRef>();
  let running: Promise<void> | null = null;

  const runAll = async () => {
    for (let [next] = waiting; next; [next] = waiting) {
      const [name, period] = next;
      waiting.delete(name);
      try {
        if (!(await rebuild(period))) onUndone(period);
      } catch (error) {
        onUndone(period);
        log.warn({ copy: name, error: describeError(error) }, 'a copy could not be rebuilt; it is tried again');
      }
    }
    running = null;
  };

  return {
    add: (period) => {
      waiting.set(periodName(period), period);
      running ??= runAll();
    },
    drained: async () => {
      while (running) await running;
    },
  };
}
