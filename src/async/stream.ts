/** An iterator over what it is offered, for one subscriber. */
export type Stream<T> = AsyncIterableIterator<T, undefined> & { offer(value: T): void };

/** What has been offered and not been read. */
export type Unread<T> = {
  /** False when there is no room: the stream takes nothing more, and ends after what it holds. */
  add(value: T): boolean;
  take(): { value: T } | null;
  clear(): void;
};

const DONE = { value: undefined, done: true } as const;

/**
 * A bare iterator: `return` settles a waiting `next` at once, so a client that leaves is let go without another value.
 * `closed` is called once, as soon as nothing more is taken.
 */
export function createStream<T>({ unread, closed }: { unread: Unread<T>; closed: () => void }): Stream<T> {
  let waiting: ((result: IteratorResult<T, undefined>) => void) | null = null;
  let isOpen = true;

  const takeNothingMore = () => {
    if (!isOpen) return;
    isOpen = false;
    waiting?.(DONE);
    waiting = null;
    closed();
  };
  const close = () => {
    unread.clear();
    takeNothingMore();
  };

  return {
    offer(value) {
      if (!isOpen) return;
      if (waiting) {
        waiting({ value, done: false });
        waiting = null;
      } else if (!unread.add(value)) {
        takeNothingMore();
      }
    },
    next() {
      const taken = unread.take();
      if (taken) return Promise.resolve({ value: taken.value, done: false });
      if (!isOpen) return Promise.resolve(DONE);
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
