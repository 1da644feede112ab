import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished, vi } from 'vitest';
import { folderIn } from '../../src/db/embedded/folder.ts';
import { type Postmaster, readPostmaster } from '../../src/db/embedded/postmaster.ts';
import { isAlive } from '../../src/db/isAlive.ts';

/** A folder for one test's DATA_DIR. It goes with the test, and so does the PostgreSQL that a killed server leaves in it. */
export function newDataDir(...below: string[]): string {
  const root = mkdtempSync(join(tmpdir(), 'laurel-test-'));
  const dataDir = join(root, ...below);
  onTestFinished(async () => {
    const left = postmasterIn(dataDir);
    if (left) await endPostmaster(left, 'SIGINT');
    rmSync(root, { recursive: true, force: true, maxRetries: 5 });
  });
  return dataDir;
}

/** The PostgreSQL that runs in a DATA_DIR, if any. */
export const postmasterIn = (dataDir: string): Postmaster | null => readPostmaster(folderIn(dataDir).data);

/** Sends a signal and waits until it has ended. */
export async function endPostmaster({ pid }: Postmaster, signal: NodeJS.Signals): Promise<void> {
  process.kill(pid, signal);
  await vi.waitUntil(() => !isAlive(pid), { timeout: 10_000 });
}
