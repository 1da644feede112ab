import { repeat } from '../../async/repeat.ts';
import { retry } from '../../async/retry.ts';
import { describeError, type Log } from '../../log.ts';
import { isAlive } from '../isAlive.ts';
import { FolderInUseError, lockFolder } from '../lockFolder.ts';
import { bringUp } from './bringUp.ts';
import { type Cluster, openCluster } from './cluster.ts';
import { urlOf } from './embeddedUrl.ts';
import type { Postmaster } from './postmaster.ts';
import { askToStop, stopPostmaster } from './stopPostmaster.ts';

export type Embedded = {
  url: string;
  /** Stops PostgreSQL and gives the folder back. */
  stop(): Promise<void>;
};

const LOOK_MS = 100;
/** A server that has just been killed may still be there for a moment. */
const DYING_MS = 2_000;

/**
 * Runs PostgreSQL in the folder for this process alone, and starts it again when it ends: at the same port, so that the URL
 * stays right. Throws FolderInUseError when another server has the folder, EmbeddedError when there can be no database.
 */
export async function startEmbedded(dataDir: string, log: Log): Promise<Embedded> {
  const unlock = await takeFolder(dataDir);
  try {
    const cluster = await openCluster(dataDir);
    const postmaster = await bringUp(cluster);
    const stop = supervise(cluster, postmaster, log);
    return {
      url: urlOf(cluster.password, postmaster),
      stop: async () => {
        await stop();
        unlock();
      },
    };
  } catch (error) {
    unlock();
    throw error;
  }
}

function takeFolder(dataDir: string): Promise<() => void> {
  return retry(() => lockFolder(dataDir), {
    deadlineMs: DYING_MS,
    isPassing: (error) => error instanceof FolderInUseError,
    pauseMs: () => LOOK_MS,
  });
}

function supervise(cluster: Cluster, first: Postmaster, log: Log): () => Promise<void> {
  let current = first;
  const look = async () => {
    if (isAlive(current.pid)) return;
    log.warn({ pid: current.pid }, 'PostgreSQL has ended; it is started again');
    current = await bringUp(cluster, current.port);
    log.info({ pid: current.pid }, 'PostgreSQL serves again');
  };
  const stopLooking = repeat(look, {
    everyMs: LOOK_MS,
    failed: (error) => log.error({ error: describeError(error) }, 'PostgreSQL cannot be started again'),
  });
  // Also for an end that nobody had planned: only a kill leaves PostgreSQL behind.
  const leave = () => askToStop(cluster, current.pid, 'fast');
  process.once('exit', leave);
  return async () => {
    await stopLooking();
    process.removeListener('exit', leave);
    await stopPostmaster(cluster, current, 'fast');
  };
}
