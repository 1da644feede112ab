import { randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import { createTokens } from '../../src/auth/tokens.ts';
import type { Role } from '../../src/domain/players/viewer.ts';
import { AUTH_SECRET } from './app.ts';

const tokens = createTokens({ secrets: [AUTH_SECRET], issuer: 'laurel', audience: 'laurel' });

/** A token that any server with the tests' secret takes, also one in a process of its own. */
export async function tokenFor(subject: string, ...roles: Role[]): Promise<string> {
  return (await tokens.sign(subject, roles)).token;
}

/** A token that any server with the tests' secret takes for so long. */
export async function tokenEndingAt(expiresAt: Date, subject: string, ...roles: Role[]): Promise<string> {
  return new SignJWT({ roles })
    .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt' })
    .setIssuer('laurel')
    .setAudience('laurel')
    .setSubject(subject)
    .setIssuedAt()
    .setExpirationTime(expiresAt)
    .setJti(randomUUID())
    .sign(new TextEncoder().encode(AUTH_SECRET));
}
