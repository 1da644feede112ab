/** Those who listen to a watch, each with the stream that it reads. */
export type Listeners<L> = {
  readonly all: ReadonlySet<L>;
  /** `create` makes the listener; its stream calls `closed` when it takes nothing more, and the listener is removed. */
  add(create: (closed: () => void) => L): L;
  /** Ends all streams. */
  close(): void;
};

/** `onEmpty` is called when the last listener has been removed. */
export function createListeners<L extends { stream: AsyncIterator<unknown> }>(onEmpty: () => void): Listeners<L> {
  const all = new Set<L>();
  return {
    all,
    add: (create) => {
      const listener = create(() => {
        all.delete(listener);
        if (all.size === 0) onEmpty();
      });
      all.add(listener);
      return listener;
    },
    close: () => {
      for (const { stream } of all) void stream.return?.();
    },
  };
}
