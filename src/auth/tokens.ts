import { isId } from '../domain/id.ts';
import { randomUUID } from 'node:crypto';
import { errors, jwtVerify, SignJWT } from 'jose';
import { unauthenticated } from '../domain/errors.ts';
import { ROLES, type Role, TOKEN_LIFETIME_MS, type Viewer } from '../domain/players/viewer.ts';

export type Tokens = {
  /** A bearer token, its id, and when it ends. `subject` is the player's id, or a name for a server or an admin. */
  sign(subject: string, roles: Role[]): Promise<{ id: string; token: string; expiresAt: Date }>;
  /**
   * Who a bearer token speaks for, by the token alone: whether its session has been revoked is for `Sessions` to say.
   * Every bad token is refused in the same words, whatever is wrong with it.
   */
  verify(token: string): Promise<Viewer>;
};

const ALGORITHM = 'HS256';
/** RFC 9068: the type of an access token, so that no other JWT under the same key passes for one. */
const TYPE = 'at+jwt';
/** About 5 MB of tokens. */
const REMEMBERED_MAX = 10_000;

/** `secrets`: the first signs, all verify, so that a key can be replaced without signing everybody out. */
export function createTokens(options: { secrets: string[]; issuer: string; audience: string }): Tokens {
  const { issuer, audience } = options;
  const keys = options.secrets.map((secret) => new TextEncoder().encode(secret));
  const [signingKey] = keys;
  if (!signingKey) throw new Error('no secret to sign with');

  const claimsOf = async (token: string) => {
    for (const key of keys) {
      try {
        const { payload } = await jwtVerify(token, key, {
          algorithms: [ALGORITHM],
          typ: TYPE,
          issuer,
          audience,
          requiredClaims: ['sub', 'iat', 'exp', 'jti'],
        });
        return payload;
      } catch (error) {
        if (!(error instanceof errors.JWSSignatureVerificationFailed)) throw unauthenticated();
      }
    }
    throw unauthenticated();
  };

  // A client sends the same token with every request, and checking its signature takes longer than a small query.
  const known = new Map<string, Viewer>();
  const remember = (token: string, viewer: Viewer) => {
    if (known.size >= REMEMBERED_MAX) known.clear();
    known.set(token, viewer);
    return viewer;
  };

  return {
    sign: async (subject, roles) => {
      const id = randomUUID();
      const expiresAt = new Date(Math.floor((Date.now() + TOKEN_LIFETIME_MS) / 1_000) * 1_000);
      const token = await new SignJWT({ roles })
        .setProtectedHeader({ alg: ALGORITHM, typ: TYPE })
        .setIssuer(issuer)
        .setAudience(audience)
        .setSubject(subject)
        .setIssuedAt()
        .setExpirationTime(expiresAt)
        .setJti(id)
        .sign(signingKey);
      return { id, token, expiresAt };
    },
    verify: async (token) => {
      const remembered = known.get(token);
      if (remembered && remembered.expiresAt.getTime() > Date.now()) return remembered;
      if (!hasOneSpelling(token)) throw unauthenticated();
      const { sub, jti, exp, roles } = await claimsOf(token);
      if (!sub || !jti || !exp || !isRoles(roles)) throw unauthenticated();
      const isPlayer = roles.includes('player');
      if (isPlayer && !isId(sub)) throw unauthenticated();
      return remember(token, {
        subject: sub,
        playerId: isPlayer ? sub : null,
        sessionId: jti,
        roles,
        expiresAt: new Date(exp * 1_000),
      });
    },
  };
}

/** Base64url has several spellings of the same bytes: padding, and bits at the end that nobody reads. Only the usual one counts. */
function hasOneSpelling(token: string): boolean {
  const isUsual = (part: string) => Buffer.from(part, 'base64url').toString('base64url') === part;
  return token.split('.').every(isUsual);
}

function isRoles(value: unknown): value is Role[] {
  return Array.isArray(value) && value.length > 0 && value.every((role) => ROLES.includes(role));
}
