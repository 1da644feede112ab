import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** NaN where there is no `ps`. */
export type TreeMemory = {
  /** Resident memory of the process itself. */
  ownBytes: number;
  /** Of it and of all processes below it. What those below share counts once on Linux, and for each elsewhere. */
  treeBytes: number;
  processes: number;
};

type Process = { pid: number; parent: number; rssBytes: number };

/** What a process and those that it has started, directly or not, hold in memory. */
export function memoryOfTree(root: number): TreeMemory {
  const all = listProcesses();
  const own = all.find(({ pid }) => pid === root);
  if (!own) return { ownBytes: Number.NaN, treeBytes: Number.NaN, processes: 0 };
  const tree = [own];
  for (const { pid } of tree) tree.push(...all.filter(({ parent }) => parent === pid));
  const below = tree.filter((one) => one !== own);
  const treeBytes = below.reduce((sum, { pid, rssBytes }) => sum + (sharedFairly(pid) ?? rssBytes), own.rssBytes);
  return { ownBytes: own.rssBytes, treeBytes, processes: tree.length };
}

function listProcesses(): Process[] {
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid=,rss='], { encoding: 'utf8' });
  return (stdout ?? '').split('\n').map((line) => {
    const [pid = Number.NaN, parent = Number.NaN, rssKiB = Number.NaN] = line.trim().split(/\s+/).map(Number);
    return { pid, parent, rssBytes: rssKiB * 1_024 };
  });
}

/** Linux counts a page that n processes share as 1/n to each of them. Null where it does not say. */
function sharedFairly(pid: number): number | null {
  try {
    const [, kiB] = /^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')) ?? [];
    return kiB === undefined ? null : Number(kiB) * 1_024;
  } catch {
    return null;
  }
}
