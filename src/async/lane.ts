import { RequestError } from '../domain/errors.ts';

export type Lane = {
  /**
   * Runs `work` when it is its turn, first come, first served. Rejects with OVERLOADED what has waited too long, what finds
   * too many waiting, and what nobody waits for any more.
   */
  run<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T>;
};

type Waiting = { enter: () => void };

/** Lets at most `width` pieces of work run at a time, so that a crowd of slow ones leaves room for the others. */
export function createLane({ width, waitingMax, waitMs }: { width: number; waitingMax: number; waitMs: number }): Lane {
  const waiting = new Set<Waiting>();
  let running = 0;

  const enter = (signal: AbortSignal): Promise<void> => {
    if (signal.aborted || waiting.size >= waitingMax) return Promise.reject(overloaded());
    if (running < width) {
      running += 1;
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const forget = () => {
        waiting.delete(mine);
        clearTimeout(timer);
        signal.removeEventListener('abort', giveUp);
      };
      const giveUp = () => {
        forget();
        reject(overloaded());
      };
      const mine = {
        enter: () => {
          forget();
          resolve();
        },
      };
      const timer = setTimeout(giveUp, waitMs);
      signal.addEventListener('abort', giveUp);
      waiting.add(mine);
    });
  };

  /** The turn of what has ended goes to who has waited longest. */
  const leave = () => {
    const [next] = waiting;
    if (next) next.enter();
    else running -= 1;
  };

  return {
    run: async (work, signal) => {
      await enter(signal);
      try {
        return await work();
      } finally {
        leave();
      }
    },
  };
}

function overloaded(): RequestError {
  return new RequestError('OVERLOADED', 'Too many reads of deep pages are under way. Try again shortly.');
}
