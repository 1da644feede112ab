import type { Topics } from '../domain/topics.ts';

/** What reads something for all who watch it in this process, as long as somebody does. */
export type Watch = {
  /** It may have changed: read it soon. */
  recheck(): void;
  /** How many watch. */
  live(): number;
  close(): void;
};

export type Watches<W extends Watch> = {
  /** The watch with this key. A new one is rechecked at each notice of `topic`, until it calls `onUnused`. */
  of(key: string, topic: string, create: (onUnused: () => void) => W): W;
  live(): number;
  /** Ends all watches and the rechecks. */
  close(): void;
};

/** A lost notice is made up for after this long. */
const RECHECK_MS = 5_000;

/** One watch for each key. All are rechecked every five seconds, and when notices arrive again. */
export function createWatches<W extends Watch>(options: { topics: Topics; rechecked?: () => void }): Watches<W> {
  const { topics, rechecked } = options;
  const watches = new Map<string, W>();
  const recheckAll = () => {
    for (const watch of watches.values()) watch.recheck();
  };
  topics.onResumed(recheckAll);
  const timer = setInterval(() => {
    recheckAll();
    rechecked?.();
  }, RECHECK_MS);
  timer.unref();

  return {
    of(key, topic, create) {
      const existing = watches.get(key);
      if (existing) return existing;
      // A watch reads before it tells anything, so what was missed meanwhile does not matter.
      const forget = topics.listen(topic, () => watch.recheck());
      const watch = create(() => {
        watches.delete(key);
        forget();
      });
      watches.set(key, watch);
      return watch;
    },
    live: () => [...watches.values()].reduce((sum, watch) => sum + watch.live(), 0),
    close: () => {
      clearInterval(timer);
      for (const watch of watches.values()) watch.close();
    },
  };
}
