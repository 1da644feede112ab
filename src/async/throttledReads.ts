import type { Log } from '../log.ts';
import { createWarning } from './warning.ts';

export type ThrottledReads = {
  /** There may be something new: read soon. A read that is under way is followed by another. */
  prompt(): void;
  /** Which read is under way, counted from 1; 0 for none. */
  current(): number;
  /** Whether nothing is known to have changed since the last read, and none is under way. */
  isSettled(): boolean;
  /** Nobody is left to read for. A read that is under way ends by itself. */
  stop(): void;
};

/** At most ten reads, and so ten messages a subscriber, a second. */
const READ_INTERVAL_MS = 100;
export const RETRY_MS = 1_000;

/**
 * Calls `read` one at a time, at most ten times a second and only while it `isWanted`. One that fails is tried again in a
 * second, whatever is prompted meanwhile; the first of a row of failures is logged as `failure`.
 */
export function createThrottledReads(options: {
  read: () => Promise<void>;
  isWanted: () => boolean;
  failure: string;
  log: Pick<Log, 'error'>;
}): ThrottledReads {
  const { isWanted, failure, log } = options;
  const failing = createWarning({ warn: (details, message) => log.error(details, message) }, failure);
  let timer: NodeJS.Timeout | null = null;
  let isReading = false;
  let isStale = false;
  let reads = 0;
  let nextReadAt = -Infinity;

  const prompt = (delayMs = 0) => {
    isStale = true;
    if (timer || isReading || !isWanted()) return;
    const pauseMs = nextReadAt - performance.now();
    timer = setTimeout(() => void read(), Math.max(0, pauseMs, delayMs));
  };

  const read = async () => {
    timer = null;
    isReading = true;
    reads += 1;
    isStale = false;
    const startedAt = performance.now();
    let retryMs = 0;
    try {
      await options.read();
      failing.worked();
    } catch (error) {
      failing.failed(error);
      isStale = true;
      retryMs = RETRY_MS;
    }
    isReading = false;
    // What takes long to read is read for a third of the time at most.
    nextReadAt = startedAt + Math.max(READ_INTERVAL_MS, 3 * (performance.now() - startedAt));
    if (isStale) prompt(retryMs);
  };

  return {
    prompt: () => prompt(),
    current: () => (isReading ? reads : 0),
    isSettled: () => !isStale && !isReading,
    stop: () => {
      if (timer) clearTimeout(timer);
      timer = null;
    },
  };
}
