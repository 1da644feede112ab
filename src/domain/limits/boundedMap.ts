/** A map that forgets the key that came first when it would hold more than `keysMax`. */
export type BoundedMap = {
  get(key: string): number | undefined;
  set(key: string, value: number): void;
  size(): number;
};

/** Keys are copied: one that was cut out of a header, as addresses are, would keep the whole header in memory. */
export function createBoundedMap(keysMax: number): BoundedMap {
  const map = new Map<string, number>();
  // One iterator for all: each new one would walk again over all keys that are gone.
  const oldest = map.keys();
  return {
    get: (key) => map.get(key),
    set: (key, value) => {
      if (map.has(key)) {
        map.set(key, value);
        return;
      }
      if (map.size >= keysMax) map.delete(oldest.next().value ?? '');
      map.set(Buffer.from(key).toString(), value);
    },
    size: () => map.size,
  };
}
