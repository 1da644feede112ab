import { openAll, openCaller } from './caller.ts';
import { startPace } from './pace.ts';
import { createEncoder, type Question } from './question.ts';
import { median, percentile } from './statistics.ts';

/** What one subject did in one round, or in all. */
export type Measured = {
  /** Requests. */
  perSecond: number;
  p50Ms: number;
  p99Ms: number;
  /** How much of its one core the generator was busy: near 1, it is the generator that is measured. */
  generatorShare: number;
  /** Requests of `beside` that were answered. */
  besidePerSecond: number;
};

export type Asking = {
  /** Called for each request. */
  request(): Question;
  /** Whether an answer is the one that the work leads to: a fast refusal is no result. */
  isRight(body: Buffer): boolean;
};

export type Load = Asking & {
  url: string;
  connections: number;
  seconds: number;
  /** Sent meanwhile at a steady rate, over connections of its own. */
  beside?: Asking & { perSecond: number };
};

/** For the last answers of a round. */
const DRAIN_MS = 5_000;

/**
 * Sends POSTs over so many connections, the next on each as soon as it is answered, until the time is over. What is
 * under way then counts too, with the time that it takes, so that no time is too short for a result. Throws when an answer
 * is wrong or a connection ends. All connections are closed when it settles, at the latest five seconds after the time.
 */
export async function applyLoad(load: Load): Promise<Measured> {
  const pace = load.beside ? await startPace(new URL(load.url), load.beside) : null;
  try {
    const measured = await askAlways(load);
    return { ...measured, besidePerSecond: pace?.perSecond() ?? 0 };
  } finally {
    pace?.stop();
  }
}

async function askAlways({ url: address, connections, seconds, request, isRight }: Load) {
  const url = new URL(address);
  const encode = createEncoder(url);
  const latenciesMs: number[] = [];
  const round = Promise.withResolvers<void>();
  let untilMs = Number.POSITIVE_INFINITY;
  let asking = connections;

  const open = async () => {
    let sentAtMs = 0;
    const ask = () => {
      sentAtMs = performance.now();
      caller.send(encode(request()));
    };
    const caller = await openCaller(url, {
      answered: (status, body) => {
        if (status !== 200 || !isRight(body)) {
          round.reject(new Error(`${address} answered ${status}: ${body.toString().slice(0, 500)}`));
          return;
        }
        const nowMs = performance.now();
        latenciesMs.push(nowMs - sentAtMs);
        if (nowMs < untilMs) {
          ask();
          return;
        }
        asking -= 1;
        if (asking === 0) round.resolve();
      },
      failed: (reason) => round.reject(reason),
    });
    return { ask, close: caller.close };
  };

  // It may be rejected while the others are still being opened.
  round.promise.catch(() => {});
  const callers = await openAll(connections, open);
  const late = setTimeout(
    () => round.reject(new Error(`${asking} requests got no answer`)),
    seconds * 1_000 + DRAIN_MS,
  );
  const cpu = process.cpuUsage();
  const startedAtMs = performance.now();
  untilMs = startedAtMs + seconds * 1_000;
  try {
    for (const { ask } of callers) ask();
    await round.promise;
  } finally {
    clearTimeout(late);
    for (const { close } of callers) close();
  }
  const elapsedMs = performance.now() - startedAtMs;
  const { user, system } = process.cpuUsage(cpu);
  return {
    perSecond: (latenciesMs.length / elapsedMs) * 1_000,
    p50Ms: percentile(latenciesMs, 0.5),
    p99Ms: percentile(latenciesMs, 0.99),
    generatorShare: (user + system) / 1_000 / elapsedMs,
  };
}

/** The median round, figure by figure. */
export function medianOf(rounds: Measured[]): Measured {
  const of = (figure: keyof Measured) => median(rounds.map((round) => round[figure]));
  return {
    perSecond: of('perSecond'),
    p50Ms: of('p50Ms'),
    p99Ms: of('p99Ms'),
    generatorShare: of('generatorShare'),
    besidePerSecond: of('besidePerSecond'),
  };
}
