import { spawnSync } from 'node:child_process';
import { chownSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { findPrograms } from '../../src/db/embedded/programs.ts';
import { findUser } from '../../src/db/embedded/user.ts';
import { freePort, type RunningServer, startProcess } from './serverProcess.ts';

/** A real PostgreSQL for the tests: the one at TEST_DATABASE_URL, else one of their own that goes when they end. */
export async function startPostgres(): Promise<RunningServer> {
  const url = process.env.TEST_DATABASE_URL;
  return url ? useRunning(url) : startFromBinaries();
}

/** The URL of another database on the same server. */
export function databaseUrl(serverUrl: string, name: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}

async function useRunning(given: string): Promise<RunningServer> {
  // The error of `new URL` would hold the whole text, and with it a password.
  if (!URL.canParse(given)) throw new Error('TEST_DATABASE_URL is not a URL like postgres://user@host:5432/postgres');
  const { host, pathname } = new URL(given);
  const url = pathname.length > 1 ? given : databaseUrl(given, 'postgres');
  const version = await askVersion(url).catch((error: Error) => {
    throw new Error(`TEST_DATABASE_URL is set, but PostgreSQL at ${host} refused: ${error.message}`);
  });
  return { url, source: `${version} at ${host} (TEST_DATABASE_URL)`, stop: async () => {} };
}

async function startFromBinaries(): Promise<RunningServer> {
  const folder = mkdtempSync(join(tmpdir(), 'laurel-postgres-'));
  const user = findUser(folder);
  if (user) chownSync(folder, user.uid, user.gid);
  const programs = await findPrograms(folder, user);
  const data = join(folder, 'data');
  const env = { ...process.env, LC_ALL: 'C', TZ: 'UTC' };

  const initialize = ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-locale', '--no-sync'];
  const made = spawnSync(programs.initdb, initialize, { ...user, env, cwd: '/', encoding: 'utf8' });
  if (made.status !== 0) throw new Error(`initdb failed: ${made.error?.message ?? made.stderr}`);

  const port = await freePort();
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'max_connections=200', 'fsync=off'];
  const server = await startProcess({
    command: programs.postgres,
    args: ['-D', data, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])],
    folder,
    probe: () => askVersion(url),
    env,
    ...(user && { user }),
  });
  const source = `${server.version} at 127.0.0.1:${port} (from npm)`;
  return { url, source, stop: () => server.end('SIGINT') };
}

async function askVersion(url: string): Promise<string> {
  const sql = postgres(url, { max: 1, connect_timeout: 5, onnotice: () => {} });
  try {
    const [row] = await sql<{ server_version: string }[]>`show server_version`;
    // Debian adds its package version in parentheses.
    return row?.server_version.split(' ')[0] ?? 'unknown version';
  } finally {
    await sql.end();
  }
}
