import { codeOf } from '../log.ts';

const LENGTH_MAX = 500;

/** What failed, for an admin. Of an error of the database its code: its message may hold what players sent. */
export function reasonOf(error: unknown): string {
  const code = codeOf(error);
  const message = error instanceof Error && code === undefined ? error.message : 'the database refused it';
  return (code === undefined ? message : `${message} (${code})`).slice(0, LENGTH_MAX);
}
