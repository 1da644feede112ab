import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test, vi } from 'vitest';
import { newDataDir, postmasterIn } from '../setup/dataDir.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const interrupted: [string, string, NodeJS.Signals, number][] = [
  ['a server told to stop', 'src/main.ts', 'SIGTERM', 0],
  ['a server interrupted by Ctrl-C', 'src/main.ts', 'SIGINT', 0],
  ['a command interrupted by Ctrl-C', 'src/commands/migrate.ts', 'SIGINT', 1],
];

test.skipIf(process.platform === 'win32').each(interrupted)(
  '%s while PostgreSQL comes up leaves none behind',
  async (_what, script, signal, code) => {
    const folder = newDataDir();
    const env = { PATH: process.env['PATH'], HOST: '127.0.0.1', PORT: '0', DEMO: 'false', DATA_DIR: folder };
    const child = spawn(process.execPath, [script], { cwd: ROOT, env, stdio: 'ignore' });
    onTestFinished(() => void child.kill('SIGKILL'));
    const ended = once(child, 'exit');
    await vi.waitUntil(() => existsSync(join(folder, 'postgres', 'data', 'postmaster.pid')), {
      timeout: 30_000,
      interval: 5,
    });
    child.kill(signal);
    expect(await ended).toEqual([code, null]);
    await vi.waitUntil(() => postmasterIn(folder) === null, { timeout: 20_000 });
    expect(existsSync(join(folder, 'lock'))).toBe(false);
  },
  60_000,
);
