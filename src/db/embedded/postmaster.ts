import { readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive } from '../isAlive.ts';

/** A PostgreSQL that runs, or is about to, or is about to end. */
export type Postmaster = { pid: number; port: number; status: string };

/** Whoever runs the database in this folder, by the file that PostgreSQL keeps in it. Null when it is dead. */
export function readPostmaster(data: string): Postmaster | null {
  const file = read(join(data, 'postmaster.pid'));
  if (file === null) return null;
  // See "postmaster.pid" in PostgreSQL's src/include/utils/pidfile.h: the pid, the port in line 4, the status in line 8.
  const lines = file.split('\n');
  const pid = Number(lines[0]);
  if (!isAlive(pid) || !worksIn(pid, data)) return null;
  return { pid, port: Number(lines[3]), status: lines[7]?.trim() ?? '' };
}

/**
 * Removes what names another process by now: PostgreSQL would take that one for itself. One that names nobody stays,
 * since PostgreSQL finds children by it that have not ended yet.
 */
export function forgetStranger(data: string): void {
  const path = join(data, 'postmaster.pid');
  const pid = Number(read(path)?.split('\n')[0]);
  if (isAlive(pid) && !worksIn(pid, data)) rmSync(path, { force: true });
}

function worksIn(pid: number, data: string): boolean {
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(data);
  } catch {
    // In a container, root may not look there. Its name, which all may read, at least tells it from what has got its pid.
    const name = read(`/proc/${pid}/comm`);
    return name === null || name.trim() === 'postgres';
  }
}

function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
