import { describeError, type Log } from '../log.ts';

/** Logs the first of a row of failures: what fails a thousand times a second is told once, until it worked again. */
export function createWarning(
  log: Pick<Log, 'warn'>,
  message: string,
): { failed(error: unknown): void; worked(): void } {
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
