import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { Cluster } from './cluster.ts';
import { EmbeddedError } from './embeddedError.ts';
import { forgetStranger, type Postmaster, readPostmaster } from './postmaster.ts';
import { startPostmaster, type Started } from './startPostmaster.ts';

const LOOK_MS = 20;
const RETRY_MS = 200;
/** After a crash, PostgreSQL first does again what its log says: at most what `max_wal_size` holds. */
const DEADLINE_MS = 60_000;
/** Below what systems give to outgoing connections: a client that tries a closed port there may meet itself. */
const PORTS = { min: 20_000, max: 32_000 };
/** Children of a killed PostgreSQL that have not ended yet, or somebody else on the port. */
const PASSING = /shared memory block|lock file "postmaster.pid" already exists|could not bind|could not create any TCP/;

/**
 * Resolves when the database serves: goes on with a PostgreSQL that runs in the folder, waits for one that comes up or
 * goes down, else starts one, on the given port or a free one. The caller holds the folder's lock.
 */
export async function bringUp(cluster: Cluster, port?: number): Promise<Postmaster> {
  const { data } = cluster.folder;
  const deadline = Date.now() + DEADLINE_MS;
  let started: Started | null = null;
  while (Date.now() < deadline) {
    const running = readPostmaster(data);
    if (running?.status === 'ready') {
      started?.release();
      return running;
    }
    if (running || (started && !started.hasEnded())) {
      await pause(LOOK_MS);
      continue;
    }
    if (started) {
      requirePassing(started, cluster);
      await pause(RETRY_MS);
    }
    forgetStranger(data);
    started = startPostmaster(cluster, port ?? (await freePort()));
  }
  throw new EmbeddedError(`PostgreSQL in ${data} does not get ready. Its own words are in ${cluster.folder.log}.`);
}

function requirePassing(started: Started, { folder }: Cluster): void {
  const output = started.output();
  if (PASSING.test(output)) return;
  const words = /(?:FATAL|PANIC|ERROR): +(.*)/.exec(output)?.[1];
  throw new EmbeddedError(`PostgreSQL did not start: ${words ?? 'it said nothing'}. More of it is in ${folder.log}.`);
}

async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(PORTS.min, PORTS.max);
    const server = createServer().listen(port, '127.0.0.1');
    const isFree = await once(server, 'listening').then(
      () => true,
      () => false,
    );
    server.close();
    if (isFree) return port;
  }
}
