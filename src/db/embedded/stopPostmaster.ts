import { spawnSync } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { isAlive } from '../isAlive.ts';
import type { Cluster } from './cluster.ts';
import type { Postmaster } from './postmaster.ts';

/** `fast` ends the connections of others, `smart` waits for them to end. */
export type StopMode = 'fast' | 'smart';

const SIGNALS = { fast: 'SIGINT', smart: 'SIGTERM' } as const;
const LOOK_MS = 20;
const DEADLINE_MS = 6_000;

/** Asks PostgreSQL to stop and waits for it, but no longer than some seconds: it goes on stopping by itself. */
export async function stopPostmaster(cluster: Cluster, { pid }: Postmaster, mode: StopMode): Promise<void> {
  askToStop(cluster, pid, mode);
  const deadline = Date.now() + DEADLINE_MS;
  while (isAlive(pid) && Date.now() < deadline) await pause(LOOK_MS);
}

/** At once, for the last moment of a process. */
export function askToStop({ folder, programs }: Cluster, pid: number, mode: StopMode): void {
  if (process.platform === 'win32') {
    // There are no signals there: a kill would end it as a crash does.
    spawnSync(programs.pgCtl, ['stop', '-D', folder.data, '-m', mode, '-W'], { windowsHide: true });
    return;
  }
  try {
    process.kill(pid, SIGNALS[mode]);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
