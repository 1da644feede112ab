import { chownSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { EmbeddedError } from './embeddedError.ts';
import { ROLE } from './embeddedUrl.ts';
import { type Folder, folderIn, majorOf, requireReadable } from './folder.ts';
import { makePassword, readPassword } from './password.ts';
import { findPrograms, type Programs, shippedMajor } from './programs.ts';
import { findUser, type User } from './user.ts';

/** A database on the disk, and what is needed to run it. */
export type Cluster = { folder: Folder; programs: Programs; user: User | undefined; password: string };

/**
 * How PostgreSQL calls the folder that it is started in. So neither the length of the path matters, nor whether its user
 * may enter the folders above.
 */
const HERE = '/proc/self/cwd';

/** Readies the database in the folder, making one where there is none. The caller holds the folder's lock. */
export async function openCluster(dataDir: string): Promise<Cluster> {
  const folder = folderIn(dataDir);
  requireReadable(folder, await shippedMajor());
  const user = findUser(folder.home);
  mkdirSync(folder.home, { recursive: true, mode: 0o700 });
  if (user) chownSync(folder.home, user.uid, user.gid);
  const programs = await findPrograms(folder.home, user);
  if (majorOf(folder) === null) await makeCluster({ folder, programs, user, password: makePassword(folder) });
  return { folder, programs, user, password: readPassword(folder) };
}

/** Made aside and then renamed: what was interrupted is begun anew. */
async function makeCluster({ folder, programs, user, password }: Cluster): Promise<void> {
  const draft = join(folder.home, 'data.new');
  const passwordFile = join(folder.home, 'password.new');
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { mode: 0o700 });
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (user) [draft, passwordFile].forEach((path) => chownSync(path, user.uid, user.gid));
  const args = ['-D', pathFrom(draft), '-U', ROLE, '-A', 'scram-sha-256', '--pwfile=../password.new', '-E', 'UTF8'];
  // Letters as in Unicode and order by code point, whatever languages the machine has.
  const locale = ['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  try {
    await run(programs.initdb, [...args, ...locale], { ...user, cwd: draft, env: ENVIRONMENT });
  } finally {
    rmSync(passwordFile, { force: true });
  }
  renameSync(draft, folder.data);
}

/** The name for `-D` of a program that is started in that folder. */
export function pathFrom(folder: string): string {
  return existsSync(HERE) ? HERE : folder;
}

/** Nothing of ours: neither our secrets nor a PGPORT that is meant for others. */
export const ENVIRONMENT = { LC_ALL: 'C', TZ: 'UTC' };

async function run(program: string, args: string[], options: User | object): Promise<void> {
  const child = spawn(program, args, { ...options, stdio: ['ignore', 'ignore', 'pipe'] });
  let complaint = '';
  child.stderr?.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
  const code = await new Promise((resolve) => child.once('close', resolve).once('error', resolve));
  if (code === 0) return;
  const [line] = complaint.split('\n').filter((text) => /error|fatal/i.test(text));
  throw new EmbeddedError(`PostgreSQL could not make a database: ${line ?? String(code)}`);
}
