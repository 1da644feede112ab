export type Alarm = {
  /** Rings once, so many milliseconds from now, or in a day if that is sooner. What was set before is forgotten. */
  set(delayMs: number, ring: () => void): void;
  clear(): void;
};

/** A timer takes no more than 24 days; a day is soon enough to look at the clock again. */
const DELAY_MAX_MS = 86_400_000;

/** One timer, which does not keep the process alive. Whoever needs it in more than a day sets it again. */
export function createAlarm(): Alarm {
  let timer: NodeJS.Timeout | null = null;
  const clear = () => {
    if (timer) clearTimeout(timer);
    timer = null;
  };
  return {
    set: (delayMs, ring) => {
      clear();
      timer = setTimeout(ring, Math.min(Math.max(delayMs, 0), DELAY_MAX_MS));
      timer.unref();
    },
    clear,
  };
}
