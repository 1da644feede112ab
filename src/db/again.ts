import { isBusy } from './databaseErrors.ts';

const ATTEMPTS = 3;

/** Repeats work that met a lock for too long or a deadlock: somebody else was in the way, and trying again helps. */
export async function again<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt === ATTEMPTS || !isBusy(error)) throw error;
    }
  }
}
