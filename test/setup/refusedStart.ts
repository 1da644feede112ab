import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const DEADLINE_MS = 15_000;

/** Starts a server that should refuse to start, with these variables only, and returns how it ended and what it printed. */
export async function refusedStart(env: Record<string, string>): Promise<{ code: number | null; printed: string }> {
  const child = spawn(process.execPath, ['src/main.ts'], {
    cwd: ROOT,
    env: { PATH: process.env['PATH'], HOST: '127.0.0.1', PORT: '0', DEMO: 'false', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: DEADLINE_MS,
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      printed += chunk;
      // It started after all: the test need not wait for the deadline to see that.
      if (chunk.includes('"listening"')) child.kill('SIGKILL');
    });
  }
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, printed })));
}
