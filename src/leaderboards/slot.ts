/** An iterator over the latest value of something, holding at most one that has not been read. */
export type Slot<T> = AsyncIterableIterator<T, undefined> & {
  /** Hands over a value. An unread one is not queued behind: `merge` makes one of the two. */
  offer(value: T): void;
};

const DONE = { value: undefined, done: true } as const;

/**
 * A slot for one subscriber. However slow the reader, it costs one value; `return` settles a waiting `next` at once, so
 * a client that leaves is let go without another event. `closed` is called once.
 */
export function createSlot<T>(options: { merge: (unread: T, newer: T) => T; closed: () => void }): Slot<T> {
  let unread: { value: T } | null = null;
  let waiting: ((result: IteratorResult<T, undefined>) => void) | null = null;
  let isOpen = true;

  const close = () => {
    if (!isOpen) return;
    isOpen = false;
    unread = null;
    waiting?.(DONE);
    waiting = null;
    options.closed();
  };

  return {
    offer(value) {
      if (!isOpen) return;
      if (waiting) {
        waiting({ value, done: false });
        waiting = null;
      } else {
        unread = { value: unread ? options.merge(unread.value, value) : value };
      }
    },
    next() {
      if (!isOpen) return Promise.resolve(DONE);
      if (unread) {
        const { value } = unread;
        unread = null;
        return Promise.resolve({ value, done: false });
      }
      return new Promise((resolve) => {
        waiting?.(DONE);
        waiting = resolve;
      });
    },
    return() {
      close();
      return Promise.resolve(DONE);
    },
    throw(error) {
      close();
      return Promise.reject(error);
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
