import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { memoryOfTree, type TreeMemory } from './memoryOfTree.ts';

export type Server = {
  url: string;
  /** From the start of the process until it listened. */
  startedInMs: number;
  /** Of the process and all that it has started, once its garbage is collected. */
  collectedMemory(): Promise<TreeMemory>;
  /** The same as it stands. */
  memory(): TreeMemory;
  stop(): Promise<void>;
};

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const START_DEADLINE_MS = 60_000;
/** Longer than Laurel's own deadline: killed, it would leave a PostgreSQL of its own behind. */
const STOP_DEADLINE_MS = 20_000;
const COLLECTED_AFTER_MS = 1_000;
const alive = new Set<ChildProcess>();
process.once('exit', () => alive.forEach((child) => child.kill('SIGTERM')));

/** What `npm start` gives to Node: with other flags it would be another Laurel that is measured. */
export const LAUREL = startArguments();

/**
 * Runs a script, the last of these arguments, that prints `"url":"http…"` when it listens. Rejects with what it printed when
 * it ends instead, or does not listen within a minute. It ends with this process, however that ends.
 */
export async function startServer(nodeArguments: string[], env: Record<string, string>): Promise<Server> {
  const startedAtMs = performance.now();
  const child = spawn(process.execPath, [...profiling(), ...FLAGS, ...nodeArguments], {
    cwd: ROOT,
    env: { PATH: process.env['PATH'], HOST: '127.0.0.1', PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  alive.add(child);
  const ended = new Promise<void>((resolve) =>
    child.once('exit', () => {
      alive.delete(child);
      resolve();
    }),
  );
  const stop = async () => {
    child.kill('SIGTERM');
    const late = setTimeout(() => child.kill('SIGKILL'), STOP_DEADLINE_MS);
    await ended;
    clearTimeout(late);
  };
  const url = await hearUrl(nodeArguments.at(-1) ?? '', child, ended).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  const memory = () => memoryOfTree(child.pid ?? 0);
  return {
    url,
    startedInMs: performance.now() - startedAtMs,
    memory,
    collectedMemory: async () => {
      child.kill('SIGUSR2');
      await delay(COLLECTED_AFTER_MS);
      return memory();
    },
    stop,
  };
}

const FLAGS = ['--expose-gc', '--import', './bench/servers/collectGarbage.ts', '--import', './bin/stopWithParent.mjs'];

async function hearUrl(script: string, child: ChildProcess, ended: Promise<void>): Promise<string> {
  let output = '';
  const listening = Promise.withResolvers<string>();
  const hear = (chunk: Buffer) => {
    output += chunk.toString();
    const [, found] = /"url":"(http[^"]+)"/.exec(output) ?? [];
    if (found) listening.resolve(found);
  };
  child.stdout?.on('data', hear);
  child.stderr?.on('data', hear);
  void ended.then(() => listening.reject(new Error(`${script} did not start:\n${output}`)));
  const late = setTimeout(
    () => listening.reject(new Error(`${script} does not listen:\n${output}`)),
    START_DEADLINE_MS,
  );
  return listening.promise.finally(() => clearTimeout(late));
}

function startArguments(): string[] {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: { start: string } };
  const [, given] = /^exec node (.+)$/.exec(scripts.start) ?? [];
  if (given === undefined) throw new Error(`npm start does not run node: ${scripts.start}`);
  return given.split(' ');
}

/** With BENCH_PROFILES set to a folder, each server leaves a CPU profile there when it stops. */
function profiling(): string[] {
  const folder = process.env['BENCH_PROFILES'];
  return folder ? ['--cpu-prof', `--cpu-prof-dir=${folder}`] : [];
}
