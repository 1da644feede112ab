export type WorkLoop = {
  /** There may be something to do: work soon. Work that is under way is followed by another round. */
  prompt(): void;
  /** Prompts no more, and resolves when the round that is under way is over. */
  stop(): Promise<void>;
};

/**
 * Does work when it is prompted, once at the beginning, and every `everyMs` in case a prompt was lost. Rounds never overlap.
 * One that fails is told to `failed`, and the next comes by the clock.
 */
export function createWorkLoop(options: {
  work: (isStopping: () => boolean) => Promise<void>;
  everyMs: number;
  failed: (error: unknown) => void;
}): WorkLoop {
  let isStopped = false;
  let isPrompted = false;
  let running: Promise<void> | null = null;
  const run = async () => {
    try {
      do {
        isPrompted = false;
        await options.work(() => isStopped);
      } while (isPrompted && !isStopped);
    } catch (error) {
      options.failed(error);
    }
    running = null;
  };
  const prompt = () => {
    if (isStopped) return;
    isPrompted = true;
    running ??= run();
  };
  const timer = setInterval(prompt, options.everyMs);
  timer.unref();
  prompt();
  return {
    prompt,
    stop: async () => {
      isStopped = true;
      clearInterval(timer);
      await running;
    },
  };
}
