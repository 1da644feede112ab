import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

export type Server = {
  url: string;
  /** Resident memory once garbage is collected. NaN where there is no `ps`. */
  rssBytes(): Promise<number>;
  stop(): Promise<void>;
};

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const STOP_DEADLINE_MS = 5_000;
const COLLECTED_AFTER_MS = 1_000;
const alive = new Set<ChildProcess>();
process.once('exit', () => alive.forEach((child) => child.kill('SIGKILL')));

/** Runs a script that prints `"url":"http…"` when it listens. Rejects with what it printed when it ends instead. */
export async function startServer(script: string, env: Record<string, string>): Promise<Server> {
  const child = spawn(
    process.execPath,
    [...profiling(), '--expose-gc', '--import', './bench/collectGarbage.ts', script],
    {
      cwd: ROOT,
      env: { PATH: process.env['PATH'], HOST: '127.0.0.1', PORT: '0', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  alive.add(child);
  let output = '';
  const ended = new Promise<void>((resolve) =>
    child.once('exit', () => {
      alive.delete(child);
      resolve();
    }),
  );
  const url = await new Promise<string>((resolve, reject) => {
    const hear = (chunk: Buffer) => {
      output += chunk.toString();
      const [, found] = /"url":"(http[^"]+)"/.exec(output) ?? [];
      if (found) resolve(found);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    void ended.then(() => reject(new Error(`${script} did not start:\n${output}`)));
  });
  return {
    url,
    rssBytes: async () => {
      child.kill('SIGUSR2');
      await delay(COLLECTED_AFTER_MS);
      const { stdout } = spawnSync('ps', ['-o', 'rss=', '-p', String(child.pid)], { encoding: 'utf8' });
      return Number(stdout || Number.NaN) * 1_024;
    },
    stop: async () => {
      child.kill('SIGTERM');
      const late = setTimeout(() => child.kill('SIGKILL'), STOP_DEADLINE_MS);
      await ended;
      clearTimeout(late);
    },
  };
}

/** With BENCH_PROFILES set to a folder, each server leaves a CPU profile there when it stops. */
function profiling(): string[] {
  const folder = process.env['BENCH_PROFILES'];
  return folder ? ['--cpu-prof', `--cpu-prof-dir=${folder}`] : [];
}
