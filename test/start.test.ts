import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { AUTH_SECRET } from './setup/app.ts';
import { cloneDatabase } from './setup/database.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

test.for([
  ['SIGTERM to npm alone', 'SIGTERM', 1],
  ['SIGINT to npm alone', 'SIGINT', 1],
  ['SIGKILL to npm alone', 'SIGKILL', 1],
  ['Ctrl-C, a SIGINT to npm and all it started,', 'SIGINT', -1],
] as const)('%s stops the server in order', async ([, signal, sign]) => {
  const env = { PATH: process.env['PATH'], PORT: '0', DATABASE_URL: await cloneDatabase(), AUTH_SECRET, DEMO: 'false' };
  const npm = spawn('npm', ['start'], { cwd: ROOT, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  onTestFinished(() => {
    try {
      process.kill(-(npm.pid ?? 0), 'SIGKILL');
    } catch {
      // All of them have ended, as they should.
    }
  });
  let output = '';
  npm.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  npm.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const urlIn = () => /"url":"(http[^"]+)"/.exec(output)?.[1];
  await expect.poll(urlIn, { timeout: 15_000 }).toBeDefined();
  // The pipes close when all who hold them have ended: the server as well.
  const ended = once(npm, 'close');
  process.kill(sign * (npm.pid ?? 0), signal);
  await ended;
  expect(output).toContain('"stopping"');
  await expect(fetch(`${urlIn()}/healthz`)).rejects.toThrow('fetch failed');
});
