import type { Asking } from './applyLoad.ts';
import { type Caller, openAll, openCaller } from './caller.ts';
import { createEncoder } from './question.ts';

export type Pace = {
  /** How many were answered rightly until now. Throws when one was not. */
  perSecond(): number;
  stop(): void;
};

/** Enough for a few hundred a second that take 50 ms each. */
const CONNECTIONS = 32;
const TICK_MS = 5;

/** Sends requests at a steady rate, whatever the answers take, as long as a connection is free; never more to make up for it. */
export async function startPace(
  url: URL,
  { perSecond, request, isRight }: Asking & { perSecond: number },
): Promise<Pace> {
  const encode = createEncoder(url);
  const free: Caller[] = [];
  let failure: Error | null = null;
  let answers = 0;
  const open = async () => {
    const caller = await openCaller(url, {
      answered: (status, body) => {
        if (status === 200 && isRight(body)) answers += 1;
        else failure ??= new Error(`${url.href} answered ${status}: ${body.toString().slice(0, 500)}`);
        free.push(caller);
      },
      failed: (reason) => (failure ??= reason),
    });
    free.push(caller);
    return caller;
  };
  const callers = await openAll(CONNECTIONS, open);

  const startedAtMs = performance.now();
  let due = 0;
  let dueSince = startedAtMs;
  const timer = setInterval(() => {
    const nowMs = performance.now();
    due = Math.min(free.length, due + ((nowMs - dueSince) / 1_000) * perSecond);
    dueSince = nowMs;
    for (; due >= 1; due -= 1) free.pop()?.send(encode(request()));
  }, TICK_MS);
  return {
    perSecond: () => {
      if (failure) throw failure;
      return (answers / (performance.now() - startedAtMs)) * 1_000;
    },
    stop: () => {
      clearInterval(timer);
      for (const { close } of callers) close();
    },
  };
}
