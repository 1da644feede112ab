import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { EmbeddedError } from './embeddedError.ts';
import type { Folder } from './folder.ts';

/** Makes the password of a database that is about to be made, in a file that only the owner can read. */
export function makePassword({ passwordFile }: Folder): string {
  const password = randomBytes(24).toString('base64url');
  // The mode is for new files only.
  rmSync(passwordFile, { force: true });
  writeFileSync(passwordFile, password, { mode: 0o600, flush: true });
  return password;
}

/** The password of a database that is there. */
export function readPassword({ passwordFile, data }: Folder): string {
  if (existsSync(passwordFile)) return readFileSync(passwordFile, 'utf8');
  throw new EmbeddedError(`The password of the database in ${data} is gone: ${passwordFile} is missing. Put it back.`);
}
