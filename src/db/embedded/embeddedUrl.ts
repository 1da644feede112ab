import type { Postmaster } from './postmaster.ts';

export const ROLE = 'laurel';

export function urlOf(password: string, { port }: Postmaster): string {
  return `postgres://${ROLE}:${password}@127.0.0.1:${port}/postgres`;
}
