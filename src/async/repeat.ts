/** Stops the repetition and resolves when the round that is under way is over. */
export type StopRepeating = () => Promise<void>;

/**
 * Does work again and again, `everyMs` after the last round ended, so that rounds never overlap. A round that fails is
 * told to `failed`, and the next comes as if it had not.
 */
export function repeat(
  work: () => Promise<void>,
  options: { everyMs: number; failed: (error: unknown) => void },
): StopRepeating {
  let timer: NodeJS.Timeout | null = null;
  let round = Promise.resolve();
  let isStopped = false;
  const doOnce = async () => {
    try {
      await work();
    } catch (error) {
      options.failed(error);
    }
    if (!isStopped) schedule();
  };
  const schedule = () => {
    timer = setTimeout(() => {
      round = doOnce();
    }, options.everyMs);
    timer.unref();
  };
  schedule();
  return async () => {
    isStopped = true;
    if (timer) clearTimeout(timer);
    await round;
  };
}
