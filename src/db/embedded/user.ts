import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { EmbeddedError } from './embeddedError.ts';

export type User = { uid: number; gid: number };

/**
 * Whom PostgreSQL runs as when we are root, which it refuses to be: whoever owns its folder already, else `postgres`, or
 * `nobody` where there is no such user. Undefined when we are not root.
 */
export function findUser(folder: string): User | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const owner = statSync(folder, { throwIfNoEntry: false });
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  for (const name of ['postgres', 'nobody']) {
    const [uid, gid] = ['-u', '-g'].map((flag) => spawnSync('id', [flag, name], { encoding: 'utf8' }));
    if (uid?.status === 0 && gid?.status === 0) return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  }
  throw new EmbeddedError(
    'PostgreSQL does not run as root, and there is neither a user postgres nor nobody. ' +
      'Start Laurel as another user, or set DATABASE_URL.',
  );
}
