import { RequestError } from '../domain/errors.ts';

export type GroupWork<In, Out> = {
  /** Settles when the item's group is done. Rejects with OVERLOADED when too many wait. */
  add(item: In): Promise<Out>;
  /** Resolves when all that was added is done. */
  drained(): Promise<void>;
};

type Waiting<In, Out> = { item: In; resolve: (out: Out) => void; reject: (error: unknown) => void };

/**
 * Collects what arrives while groups are being worked on and does it together in the next one. There is no timer: a lone
 * item never waits, and a crowd shares one transaction. Up to `groupsMax` are worked on at once, and items of one `keyOf`
 * are done in the order of their arrival: none is begun while an earlier one is worked on in another group.
 *
 * A group that fails as a whole is tried again item by item, so `work` must be safe to repeat; one bad item then fails
 * alone. In an outage, when nothing would succeed, everything that waits fails at once.
 */
export function createGroupWork<In, Out>(options: {
  work: (items: In[]) => Promise<Out[]>;
  sizeMax: number;
  waitingMax: number;
  groupsMax?: number;
  keyOf?: (item: In) => string;
  isOutage?: (error: unknown) => boolean;
}): GroupWork<In, Out> {
  const { work, sizeMax, waitingMax, groupsMax = 1, keyOf = () => '', isOutage = () => false } = options;
  let waiting: Waiting<In, Out>[] = [];
  const running = new Set<Promise<void>>();
  const busy = new Set<string>();
  let isStarting = false;

  const takeGroup = (): Waiting<In, Out>[] => {
    const group: Waiting<In, Out>[] = [];
    const left: Waiting<In, Out>[] = [];
    for (const one of waiting) (group.length < sizeMax && !busy.has(keyOf(one.item)) ? group : left).push(one);
    waiting = left;
    return group;
  };

  const start = () => {
    isStarting = false;
    while (running.size < groupsMax) {
      const group = takeGroup();
      if (group.length === 0) return;
      const keys = new Set(group.map(({ item }) => keyOf(item)));
      for (const key of keys) busy.add(key);
      const run = settle(group).finally(() => {
        for (const key of keys) busy.delete(key);
        running.delete(run);
        start();
      });
      running.add(run);
    }
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
        return Promise.reject(new RequestError('OVERLOADED', 'Too much is waiting already. Try again shortly.'));
      }
      return new Promise((resolve, reject) => {
        waiting.push({ item, resolve, reject });
        if (isStarting || running.size >= groupsMax) return;
        isStarting = true;
        // At the end of this turn of the event loop: what one request adds, and what came with it, stays together.
        setImmediate(start);
      });
    },
    drained: async () => {
      while (isStarting || running.size > 0)
        await (running.size > 0 ? Promise.all(running) : new Promise(setImmediate));
    },
  };
}
