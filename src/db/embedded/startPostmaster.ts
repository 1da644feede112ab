import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, statSync } from 'node:fs';
import { type Cluster, ENVIRONMENT, pathFrom } from './cluster.ts';

export type Started = {
  hasEnded(): boolean;
  /** From now on it outlives this process. Until then it ends with it, since nobody else could find it yet. */
  release(): void;
  /** What it has written since it was started. */
  output(): string;
};

const LOG_BYTES_MAX = 1_000_000;

/** For a small machine and one server, which opens fifteen connections, with commands beside it. What is committed is on the disk. */
const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  cluster_name: 'laurel',
  max_connections: 40,
  shared_buffers: '16MB',
  huge_pages: 'off',
  min_wal_size: '32MB',
  max_wal_size: '128MB',
  // Nobody replicates from it, and nothing is worth helpers: six processes less.
  wal_level: 'minimal',
  max_wal_senders: 0,
  max_logical_replication_workers: 0,
  io_method: 'sync',
  max_parallel_workers: 0,
  jit: 'off',
  log_checkpoints: 'off',
  log_timezone: 'UTC',
};

/**
 * Starts PostgreSQL on a port of this machine. It is on its own: neither Ctrl-C nor the death of this process ends it, so
 * that nothing but its owner does, and what it was told is done.
 */
export function startPostmaster({ folder, programs, user }: Cluster, port: number): Started {
  const isLong = (statSync(folder.log, { throwIfNoEntry: false })?.size ?? 0) > LOG_BYTES_MAX;
  const log = openSync(folder.log, isLong ? 'w' : 'a', 0o600);
  const begin = statSync(folder.log).size;
  const settings = Object.entries(SETTINGS).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const child = spawn(programs.postgres, ['-D', pathFrom(folder.data), '-p', String(port), ...settings], {
    ...user,
    cwd: folder.data,
    env: ENVIRONMENT,
    detached: true,
    windowsHide: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  let hasEnded = false;
  const abandon = () => void child.kill('SIGINT');
  const release = () => void process.removeListener('exit', abandon);
  process.once('exit', abandon);
  const end = () => {
    hasEnded = true;
    release();
  };
  child.once('exit', end).once('error', end);
  child.unref();
  return {
    hasEnded: () => hasEnded,
    release,
    output: () => readFileSync(folder.log).subarray(begin).toString(),
  };
}
