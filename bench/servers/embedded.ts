import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { borrowEmbedded } from '../../src/db/embedded/borrowEmbedded.ts';
import type { Bench } from '../bench.ts';
import type { Server } from './serverProcess.ts';

/** A Laurel with nothing set but the folder that its own PostgreSQL is in. */
export type Embedded = Server & { databaseUrl: string };

/** An empty folder for it, which goes when the measurement ends. */
export function newFolder({ closing }: Bench): string {
  const folder = mkdtempSync(join(tmpdir(), 'laurel-bench-'));
  closing(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export async function startEmbedded(bench: Bench, folder: string): Promise<Embedded> {
  const server = await bench.startLaurel({ DATABASE_URL: '', REDIS_URL: '', DATA_DIR: folder });
  const { url: databaseUrl } = await borrowEmbedded(folder);
  return { ...server, databaseUrl };
}
