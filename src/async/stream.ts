/** An iterator over what it is offered, for one subscriber. */
export type Stream<T> = AsyncIterableIterator<T, undefined> & {
  offer(value: T): void;
  /** What `next` resolves to, without a promise: `take` is called at once where there is something, else when it is offered. */
  pull(take: Take<T>): void;
};

type Take<T> = (result: IteratorResult<T, undefined>) => void;

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
  let waiting: Take<T> | null = null;
  let isOpen = true;

  /** Whoever waits may ask for the next value at once. */
  const settle = (result: IteratorResult<T, undefined>) => {
    const take = waiting;
    waiting = null;
    take?.(result);
  };
  const pull = (take: Take<T>) => {
    const taken = unread.take();
    if (taken) return take({ value: taken.value, done: false });
    if (!isOpen) return take(DONE);
    settle(DONE);
    waiting = take;
  };
  const takeNothingMore = () => {
    if (!isOpen) return;
    isOpen = false;
    settle(DONE);
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
        settle({ value, done: false });
      } else if (!unread.add(value)) {
        takeNothingMore();
      }
    },
    pull,
    next: () => new Promise(pull),
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
