import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { EmbeddedError } from './embeddedError.ts';

/** Where things are in DATA_DIR. All in `home` belongs to PostgreSQL; the password does not. */
export type Folder = { dataDir: string; home: string; data: string; log: string; passwordFile: string };

export function folderIn(dataDir: string): Folder {
  const home = join(resolve(dataDir), 'postgres');
  const passwordFile = join(resolve(dataDir), 'postgres-password');
  return { dataDir, home, data: join(home, 'data'), log: join(home, 'log'), passwordFile };
}

/** The version of PostgreSQL that the database was made with, or null when there is none yet. */
export function majorOf({ data }: Folder): number | null {
  const path = join(data, 'PG_VERSION');
  return existsSync(path) ? Number(readFileSync(path, 'utf8')) : null;
}

/** Throws when the folder holds a database that this Laurel cannot run. Nothing is touched. */
export function requireReadable(folder: Folder, shipped?: number): void {
  const { dataDir } = folder;
  const help = 'Set DATA_DIR to another folder, or move that one away to begin anew.';
  if (existsSync(join(dataDir, 'database', 'PG_VERSION'))) {
    throw new EmbeddedError(
      `${dataDir} holds a database of an earlier Laurel, made by PGlite, which is no longer read. ${help}`,
    );
  }
  const major = majorOf(folder);
  if (shipped && major !== null && major !== shipped) {
    throw new EmbeddedError(
      `${dataDir} holds a database of PostgreSQL ${major}, and this Laurel brings PostgreSQL ${shipped}. ` +
        `Move it with pg_dump of version ${shipped} and the Laurel that made it. ${help}`,
    );
  }
}
