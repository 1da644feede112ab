import { spawnSync } from 'node:child_process';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Effort } from '../bench.ts';
import type { StoreFacts } from '../stores/openStores.ts';

/** What must be known of figures to compare them with others. Nothing that tells whose machine it was. */
export type Facts = {
  /** The day, in UTC. */
  on: string;
  commit: string;
  machine: { cores: number; processor: string; memoryGiB: number };
  versions: { node: string; postgresql: string; redis: string };
  /** Whether PostgreSQL waits for the disk at each commit. */
  isDurable: boolean;
  effort: Effort;
  others: Others;
};

/** How many cores were busy in the pauses, with nothing of ours under way: on the whole, and at most. */
export type Others = { cores: number; most: number };

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export function gatherFacts(stores: StoreFacts, effort: Effort): Omit<Facts, 'others'> {
  const { postgresql, redis, isDurable } = stores;
  return {
    on: new Date().toISOString().slice(0, 10),
    commit: commitOf(),
    machine: {
      cores: availableParallelism(),
      processor: cpus()[0]?.model.trim() ?? 'unknown',
      memoryGiB: Math.round(totalmem() / 1_024 ** 3),
    },
    versions: { node: process.versions.node, postgresql, redis },
    isDurable,
    effort,
  };
}

/** What the files of `src` were; the measurements themselves and their results may have been changed since. */
function commitOf(): string {
  const git = (...args: string[]) => spawnSync('git', args, { cwd: ROOT, encoding: 'utf8' }).stdout?.trim() ?? '';
  const commit = git('rev-parse', '--short=10', 'HEAD');
  if (!commit) return 'unknown';
  return git('status', '--porcelain', '--', 'src') ? `${commit}, changed` : commit;
}
