import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Redis } from 'ioredis';
import { freePort, type RunningServer, startProcess } from './serverProcess.ts';

type RedisServer = RunningServer & {
  /** False for the substitute from npm. */
  isReal: boolean;
};

export type OwnRedis = RedisServer & {
  port: number;
  /** For signals: SIGSTOP makes the server hang like one behind a broken network, SIGCONT wakes it. */
  pid: number;
  /** Ends the server at once, without goodbye to its clients. */
  kill(): Promise<void>;
};

const require = createRequire(import.meta.url);

/** A Redis for the tests: the one at TEST_REDIS_URL, else one of their own that goes when they end. */
export async function startRedis(): Promise<RedisServer> {
  const url = process.env.TEST_REDIS_URL;
  return url ? useRunning(url) : startOwnRedis();
}

/**
 * A Redis of the caller's own, never the one at TEST_REDIS_URL, for tests that kill it: `redis-server` from the PATH,
 * else the npm package js-redis-server, which speaks the protocol. A port given brings a killed server back empty at its old address.
 * `more` are settings that only the real one takes.
 */
export async function startOwnRedis(givenPort?: number, more: Record<string, string> = {}): Promise<OwnRedis> {
  const folder = mkdtempSync(join(tmpdir(), 'laurel-redis-'));
  const port = givenPort ?? (await freePort());
  const url = `redis://127.0.0.1:${port}`;
  const program = findProgram(port, folder, more);
  const { pid, version, end } = await startProcess({ ...program, folder, probe: () => askVersion(url) });
  const kill = () => end('SIGKILL');
  const source = `${version} at 127.0.0.1:${port} (${program.name})`;
  return { url, port, pid, source, isReal: program.isReal, kill, stop: kill };
}

async function useRunning(url: string): Promise<RedisServer> {
  // The error of `new URL` would hold the whole text, and with it a password.
  if (!URL.canParse(url)) throw new Error('TEST_REDIS_URL is not a URL like redis://host:6379');
  const { host } = new URL(url);
  const version = await askVersion(url).catch((error: Error) => {
    throw new Error(`TEST_REDIS_URL is set, but Redis at ${host} refused: ${error.message}`);
  });
  return { url, source: `${version} at ${host} (TEST_REDIS_URL)`, isReal: true, stop: async () => {} };
}

function findProgram(port: number, folder: string, more: Record<string, string>) {
  if (spawnSync('redis-server', ['--version']).status === 0) {
    const settings = { port, bind: '127.0.0.1', dir: folder, save: '', appendonly: 'no', ...more };
    const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
    return { name: 'redis-server on the PATH', isReal: true, command: 'redis-server', args };
  }
  const script = join(dirname(require.resolve('js-redis-server')), 'cli.js');
  return {
    name: 'js-redis-server, not a real Redis',
    isReal: false,
    command: process.execPath,
    args: [script, '--port', String(port)],
  };
}

async function askVersion(url: string): Promise<string> {
  const client = new Redis(url, { lazyConnect: true, connectTimeout: 5_000, retryStrategy: () => null });
  // The first error says more than the "Connection is closed." that the command then rejects with.
  let failure: Error | undefined;
  client.on('error', (error: Error) => (failure ??= error));
  try {
    const reply = await client.info('server');
    return /redis_version:(\S+)/.exec(reply)?.[1] ?? 'unknown version';
  } catch (error) {
    throw failure ?? error;
  } finally {
    client.disconnect();
  }
}
