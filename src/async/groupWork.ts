import { RequestError } from '../domain/errors.ts';

export type GroupWork<In, Out> = {
  /** Settles when the item's group is done. Rejects with OVERLOADED when too many wait. */
  add(item: In): Promise<Out>;
  /** Resolves when all that was added is done. */
  drained(): Promise<void>;
};

type Waiting<In, Out> = { item: In; resolve: (out: Out) => void; reject: (error: unknown) => void };

/**
 * Collects what arrives while a group is being worked on and does it together in the next one. There is no timer: a lone
 * item never waits, and a crowd shares one transaction. A group that fails as a whole is tried again item by item, so
 * `work` must be safe to repeat; one bad item then fails alone. In an outage, when nothing would succeed, everything that
 * waits fails at once.
 */
export function createGroupWork<In, Out>(options: {
  work: (items: In[]) => Promise<Out[]>;
  sizeMax: number;
  waitingMax: number;
  isOutage?: (error: unknown) => boolean;
}): GroupWork<In, Out> {
  const { work, sizeMax, waitingMax, isOutage = () => false } = options;
  let waiting: Waiting<In, Out>[] = [];
  let running: Promise<void> | null = null;

  const runAll = async () => {
    while (waiting.length > 0) {
      const group = waiting.slice(0, sizeMax);
      waiting = waiting.slice(sizeMax);
      await settle(group);
    }
    running = null;
  };

  const settle = async (group: Waiting<In, Out>[]): Promise<void> => {
    try {
      const results = await work(group.map(({ item }) => item));
      for (const [index, { resolve, reject }] of group.entries()) {
        const result = results[index];
        if (result === undefined) reject(new Error('a group was answered short'));
        else resolve(result);
      }
    } catch (error) {
      const [first] = group;
      if (isOutage(error)) {
        for (const { reject } of [...group, ...waiting.splice(0)]) reject(error);
      } else if (group.length === 1) {
        first?.reject(error);
      } else {
        for (const one of group) await settle([one]);
      }
    }
  };

  return {
    add(item) {
      if (waiting.length >= waitingMax) {
        return Promise.reject(new RequestError('OVERLOADED', 'Too much is waiting to be written. Try again shortly.'));
      }
      return new Promise((resolve, reject) => {
        waiting.push({ item, resolve, reject });
        // The first item starts its group at the end of this turn of the event loop: what one request adds stays together.
        running ??= Promise.resolve().then(runAll);
      });
    },
    drained: async () => {
      while (running) await running;
    },
  };
}
