import { retry } from '../../async/retry.ts';
import { FolderInUseError, lockFolder } from '../lockFolder.ts';
import { bringUp } from './bringUp.ts';
import { openCluster } from './cluster.ts';
import { EmbeddedError } from './embeddedError.ts';
import { urlOf } from './embeddedUrl.ts';
import { folderIn, majorOf, requireReadable } from './folder.ts';
import { readPassword } from './password.ts';
import { readPostmaster } from './postmaster.ts';
import type { Embedded } from './startEmbedded.ts';
import { askToStop, stopPostmaster } from './stopPostmaster.ts';

const LOOK_MS = 50;
/** For whoever has the folder to get its database ready, or to give the folder back. */
const DEADLINE_MS = 15_000;

/**
 * The database in the folder for a command: the one that runs there, whoever started it, else one that is started here
 * and stops with the command, once nobody else is connected. With `mustExist` none is made where there is none yet.
 */
export async function borrowEmbedded(dataDir: string, { mustExist = false } = {}): Promise<Embedded> {
  if (mustExist && majorOf(folderIn(dataDir)) === null) {
    requireReadable(folderIn(dataDir));
    throw new EmbeddedError(`There is no database in ${dataDir} yet. npm start makes one; DATABASE_URL names another.`);
  }
  return retry(() => findRunning(dataDir) ?? startOwn(dataDir, lockFolder(dataDir)), {
    deadlineMs: DEADLINE_MS,
    isPassing: (error) => error instanceof FolderInUseError,
    pauseMs: () => LOOK_MS,
  });
}

function findRunning(dataDir: string): Embedded | null {
  const folder = folderIn(dataDir);
  requireReadable(folder);
  const postmaster = readPostmaster(folder.data);
  if (postmaster?.status !== 'ready') return null;
  return { url: urlOf(readPassword(folder), postmaster), stop: async () => {} };
}

async function startOwn(dataDir: string, unlock: () => void): Promise<Embedded> {
  try {
    const cluster = await openCluster(dataDir);
    const postmaster = await bringUp(cluster);
    const leave = () => askToStop(cluster, postmaster.pid, 'smart');
    process.once('exit', leave);
    return {
      url: urlOf(cluster.password, postmaster),
      stop: async () => {
        process.removeListener('exit', leave);
        await stopPostmaster(cluster, postmaster, 'smart');
        unlock();
      },
    };
  } catch (error) {
    unlock();
    throw error;
  }
}
