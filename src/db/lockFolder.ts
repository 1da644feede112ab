import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The folder is in use by another living process. */
export class FolderInUseError extends Error {}

/**
 * Takes a folder for this process by a lock file that holds its pid, and returns what gives it back. The lock of a dead
 * process is taken over. PGlite does not lock its files itself, and two processes on one folder corrupt it.
 */
export function lockFolder(folder: string): () => void {
  const path = join(folder, 'lock');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (!create(path)) {
    const pid = Number(readFileSync(path, 'utf8'));
    if (isAlive(pid)) {
      throw new FolderInUseError(
        `The folder ${folder} is in use by process ${pid}. Stop that one, or set DATA_DIR to another folder.`,
      );
    }
    rmSync(path, { force: true });
    if (!create(path)) throw new FolderInUseError(`The folder ${folder} was just taken by another process.`);
  }
  const unlock = () => rmSync(path, { force: true });
  process.once('exit', unlock);
  return () => {
    process.removeListener('exit', unlock);
    unlock();
  };
}

function create(path: string): boolean {
  try {
    writeFileSync(path, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
