import { createTokens } from '../../src/auth/tokens.ts';
import type { Role } from '../../src/domain/viewer.ts';
import { AUTH_SECRET } from './app.ts';

const tokens = createTokens({ secrets: [AUTH_SECRET], issuer: 'laurel', audience: 'laurel' });

/** A token that any server with the tests' secret takes, also one in a process of its own. */
export async function tokenFor(subject: string, ...roles: Role[]): Promise<string> {
  return (await tokens.sign(subject, roles)).token;
}
