import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { isAlive } from './isAlive.ts';

/** The folder is in use by another living process, or by this one already. */
export class FolderInUseError extends Error {}

const taken = new Set<string>();

/**
 * Takes a folder for this process by a lock file that holds its pid, and returns what gives it back. The lock of a dead
 * process is taken over. Two servers on one folder would each stop the other's database.
 */
export function lockFolder(folder: string): () => void {
  const path = join(resolve(folder), 'lock');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (taken.has(path)) throw inUse(folder, process.pid);
  if (!create(path)) takeOver(path, folder);
  taken.add(path);
  const unlock = () => {
    taken.delete(path);
    rmSync(path, { force: true });
  };
  process.once('exit', unlock);
  return () => {
    process.removeListener('exit', unlock);
    unlock();
  };
}

/** Moves the lock aside and looks again: between the first look and the move, somebody else may have taken it over. */
function takeOver(path: string, folder: string): void {
  const holder = pidIn(path);
  if (isOther(holder)) throw inUse(folder, holder);
  const aside = `${path}.${process.pid}.stale`;
  rename(path, aside);
  const moved = pidIn(aside);
  if (isOther(moved)) {
    rename(aside, path);
    throw inUse(folder, moved);
  }
  rmSync(aside, { force: true });
  if (!create(path)) throw inUse(folder, pidIn(path));
}

/** Written aside and then linked, so that a lock is never seen without its pid. False when there is one. */
function create(path: string): boolean {
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, String(process.pid));
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

function rename(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

/** Zero when the file is gone or holds no pid. */
function pidIn(path: string): number {
  try {
    return Number(readFileSync(path, 'utf8')) || 0;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0;
    throw error;
  }
}

/** A lock with our own pid is an earlier process's: containers give the same pid at every start. */
function isOther(pid: number): boolean {
  return pid !== process.pid && isAlive(pid);
}

function inUse(folder: string, pid: number): FolderInUseError {
  return new FolderInUseError(
    `The folder ${folder} is in use by process ${pid}. Stop that one, or set DATA_DIR to another folder.`,
  );
}
