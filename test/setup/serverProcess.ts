import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

export type RunningServer = {
  url: string;
  /** For people: version, address, and where the server came from. Holds no password. */
  source: string;
  stop(): Promise<void>;
};

export type ServerProcess = { pid: number; version: string; end(signal: NodeJS.Signals): Promise<void> };

type ServerCommand = {
  command: string;
  args: string[];
  /** The server's own folder; it goes when the server goes. */
  folder: string;
  /** Answers with the server's version, or throws as long as the server is not ready. */
  probe(): Promise<string>;
  user?: { uid: number; gid: number };
  env?: NodeJS.ProcessEnv;
};

const START_DEADLINE_MS = 30_000;
const END_DEADLINE_MS = 10_000;

/** Starts a server and waits until it answers. Throws with the server's own log when it ends instead. It never outlives this process. */
export async function startProcess({ command, args, folder, probe, user, env }: ServerCommand): Promise<ServerProcess> {
  const logPath = join(folder, 'log');
  const log = openSync(logPath, 'w');
  const child = spawn(command, args, { ...user, env: env ?? process.env, cwd: '/', stdio: ['ignore', log, log] });
  closeSync(log);
  // A missing binary emits 'error' instead of 'exit'.
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()).once('error', () => resolve()));
  const discard = () => {
    child.kill('SIGKILL');
    removeFolder(folder);
  };
  process.once('exit', discard);

  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    const late = setTimeout(() => child.kill('SIGKILL'), END_DEADLINE_MS);
    await gone;
    clearTimeout(late);
    process.removeListener('exit', discard);
    removeFolder(folder);
  };

  const isAlive = () => child.pid !== undefined && child.exitCode === null && child.signalCode === null;
  const version = await firstAnswer(probe, isAlive);
  if (version === undefined || child.pid === undefined) {
    const output = readFileSync(logPath, 'utf8');
    await end('SIGKILL');
    throw new Error(`${command} did not start:\n${output}`);
  }
  return { pid: child.pid, version, end };
}

/** A port on 127.0.0.1 that nobody listens on at this moment. */
export async function freePort(): Promise<number> {
  const [port = 0] = await freePorts(1);
  return port;
}

/** Several ports, no two of them the same. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  for (const server of servers) server.close();
  await Promise.all(servers.map((server) => once(server, 'close')));
  return ports;
}

/** Undefined when the server ends, or does not answer in time. */
async function firstAnswer(probe: () => Promise<string>, isAlive: () => boolean): Promise<string | undefined> {
  const deadline = Date.now() + START_DEADLINE_MS;
  while (isAlive() && Date.now() < deadline) {
    try {
      return await probe();
    } catch {
      await delay(50);
    }
  }
  return undefined;
}

/** Tries again for a moment: a killed PostgreSQL leaves children behind that still write. */
function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
