import { createStream, type Stream } from './stream.ts';

/**
 * A stream of every value, in order, for one subscriber. A reader who leaves `max` values unread gets those, and then
 * the end, in place of the one that is too many. `closed` is called once.
 */
export function createQueue<T>({ max, closed }: { max: number; closed: () => void }): Stream<T> {
  const values: T[] = [];
  const unread = {
    add: (value: T) => values.length < max && values.push(value) > 0,
    take: () => {
      const [taken] = values.splice(0, 1).map((value) => ({ value }));
      return taken ?? null;
    },
    clear: () => void values.splice(0),
  };
  return createStream({ unread, closed });
}
