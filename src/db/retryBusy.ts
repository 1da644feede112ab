import { retry } from '../async/retry.ts';
import { isBusy } from './databaseErrors.ts';

const ATTEMPTS = 3;

/** Repeats work that met a lock for too long or a deadlock: somebody else was in the way, and trying again helps. */
export function retryBusy<T>(work: () => Promise<T>): Promise<T> {
  return retry(work, { attempts: ATTEMPTS, isPassing: isBusy });
}
