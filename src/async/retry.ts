import { setTimeout as delay } from 'node:timers/promises';

/**
 * Does work again when it fails in a way that passes, `attempts` times in all and until `deadlineMs` have gone by, after a
 * pause where `pauseMs` says one. Throws the last failure; one that does not pass, at once.
 */
export async function retry<T>(
  work: () => Promise<T> | T,
  options: {
    isPassing: (error: unknown) => boolean;
    attempts?: number;
    deadlineMs?: number;
    /** By the number of the attempt that has failed, from 1. */
    pauseMs?: (attempt: number) => number;
  },
): Promise<T> {
  const { isPassing, attempts = Infinity, deadlineMs = Infinity, pauseMs } = options;
  const deadline = Date.now() + deadlineMs;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt >= attempts || Date.now() > deadline || !isPassing(error)) throw error;
    }
    if (pauseMs) await delay(pauseMs(attempt));
  }
}
