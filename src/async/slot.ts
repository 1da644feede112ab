import { createStream, type Stream } from './stream.ts';

/** A stream of the latest value of something, holding at most one that has not been read. */
export type Slot<T> = Stream<T>;

/**
 * A slot for one subscriber. However slow the reader, it costs one value: an unread one is not queued behind, `merge`
 * makes one of the two. `closed` is called once.
 */
export function createSlot<T>(options: { merge: (unread: T, newer: T) => T; closed: () => void }): Slot<T> {
  let held: { value: T } | null = null;
  const unread = {
    add: (value: T) => {
      held = { value: held ? options.merge(held.value, value) : value };
      return true;
    },
    take: () => {
      const taken = held;
      held = null;
      return taken;
    },
    clear: () => {
      held = null;
    },
  };
  return createStream({ unread, closed: options.closed });
}
