import { createTokens, type Tokens } from '../src/auth/tokens.ts';
import type { Finding } from './report/finding.ts';
import { busyCores } from './report/busyCores.ts';
import { mean } from './load/statistics.ts';
import type { Others } from './report/facts.ts';
import { LAUREL, type Server, startServer } from './servers/serverProcess.ts';
import type { Stores } from './stores/openStores.ts';

/** How long and how often each subject is measured; `isQuick` also makes boards and crowds smaller. */
export type Effort = { isQuick: boolean; seconds: number; rounds: number };

/** What the measurements share. */
export type Bench = {
  stores: Stores;
  database: Stores['database'];
  databaseUrl: string;
  redisUrl: string;
  tokens: Tokens;
  effort: Effort;
  /** A Laurel on the same stores, run as `npm start` does. Stopped when its measurement ends. */
  startLaurel(env?: Record<string, string>): Promise<Server>;
  /** One of `bench/servers`, in the same way. */
  start(script: string, env?: Record<string, string>): Promise<Server>;
  /** Notes what others take of the machine, in a moment when nothing of ours is under way. */
  noteOthers(): Promise<void>;
  /** What is to be done when the measurement ends, however it does, before its servers are stopped. */
  closing(close: () => Promise<void> | void): void;
};

export type Measurement = (bench: Bench) => Promise<Finding[]>;

export type Outcome = { name: string; others: Others } & ({ findings: Finding[] } | { error: unknown });

const AUTH_SECRET = 'a-secret-for-benchmarks-0123456789-abcdefghij';
const WATCH_MS = { quick: 100, full: 500 };
const LIMITS = { RATE_LIMITS: 'off', STREAM_LIMITS: 'address=100000,addressTotal=100000,instance=100000' };

/**
 * Makes the measurements one after the other. Each has its bound in time and leaves nothing behind; one that fails does not
 * keep the others from being made. Once the signal is aborted, the present one fails and none follows.
 */
export async function* measureAll(
  measurements: [name: string, measurement: Measurement][],
  options: {
    stores: Stores;
    effort: Effort;
    /** For one measurement, whatever hangs. */
    deadlineSeconds: number;
    signal: AbortSignal;
  },
): AsyncGenerator<Outcome> {
  const { stores, effort, deadlineSeconds, signal } = options;
  const tokens = createTokens({ secrets: [AUTH_SECRET], issuer: 'laurel', audience: 'laurel' });
  const closers: (() => Promise<void> | void)[] = [];
  const closing: Bench['closing'] = (close) => void closers.push(close);
  const closeAll = async () => {
    for (const close of closers.splice(0).toReversed()) await close();
  };
  const startNode = async (nodeArguments: string[], env: Record<string, string> = {}) => {
    const shared = { DATABASE_URL: stores.databaseUrl, REDIS_URL: stores.redisUrl, AUTH_SECRET, ...LIMITS };
    const server = await startServer(nodeArguments, { ...shared, ...env });
    closing(server.stop);
    return server;
  };
  const startLaurel: Bench['startLaurel'] = (env) => startNode(LAUREL, env);
  const start: Bench['start'] = (script, env) => startNode([script], env);
  let noted: number[] = [];
  const noteOthers = async () => void noted.push(await busyCores(effort.isQuick ? WATCH_MS.quick : WATCH_MS.full));
  const bench = { ...stores, stores, tokens, effort, startLaurel, start, noteOthers, closing };
  const attempt = async (measure: Measurement) => {
    try {
      return { findings: await within(deadlineSeconds, signal, measure(bench)) };
    } catch (error) {
      return { error };
    } finally {
      await closeAll();
    }
  };
  for (const [name, measure] of measurements) {
    if (signal.aborted) return;
    noted = [];
    await noteOthers();
    const result = await attempt(measure);
    await noteOthers();
    yield { name, others: { cores: mean(noted), most: Math.max(...noted) }, ...result };
  }
}

async function within<T>(seconds: number, signal: AbortSignal, work: Promise<T>): Promise<T> {
  const late = AbortSignal.timeout(seconds * 1_000);
  const over = new Promise<never>((_resolve, reject) => {
    late.addEventListener('abort', () => reject(new Error(`not finished after ${seconds} s`)));
    signal.addEventListener('abort', () => reject(new Error('interrupted')));
  });
  // What is given up on goes on until its servers are stopped, and then fails.
  work.catch(() => {});
  return Promise.race([work, over]);
}
