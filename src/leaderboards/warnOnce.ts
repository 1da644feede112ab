import { describeError } from '../db/databaseErrors.ts';

type Log = { warn(fields: object, message: string): void };

/** Logs the first of a row of failures: what fails a thousand times a second is told once, until it worked again. */
export function createWarning(log: Log, message: string): { failed(error: unknown): void; worked(): void } {
  let isFailing = false;
  return {
    failed: (error) => {
      if (!isFailing) log.warn({ error: describeError(error) }, message);
      isFailing = true;
    },
    worked: () => {
      isFailing = false;
    },
  };
}
