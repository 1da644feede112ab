import { setTimeout as delay } from 'node:timers/promises';
import { RequestFailure } from './client.ts';

const ATTEMPTS_MAX = 8;
const PAUSE_MAX_MS = 2_000;

/**
 * Tries until it works: up to eight times in about eight seconds, with growing pauses, or as the server says. Only what
 * may succeed later is tried again, so `attempt` must be safe to repeat. `failed` is called with each attempt that failed.
 */
export async function persist<T>(
  attempt: () => Promise<T>,
  { failed, signal }: { failed: (error: RequestFailure) => void; signal: AbortSignal },
): Promise<T> {
  for (let attempts = 1; ; attempts += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof RequestFailure)) throw error;
      failed(error);
      if (!error.isTemporary || attempts === ATTEMPTS_MAX || signal.aborted) throw error;
      // Spread out, so that a crowd that failed together does not come back together.
      const pauseMs = Math.min(PAUSE_MAX_MS, 100 * 2 ** attempts) * (0.5 + Math.random() / 2);
      await delay(Math.max(pauseMs, error.retryAfterMs), undefined, { signal }).catch(() => {
        throw error;
      });
    }
  }
}
