export const ROLES = ['player', 'server', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** How long a bearer token of ours is good, and so how long it matters that its session was revoked. */
export const TOKEN_LIFETIME_MS = 24 * 60 * 60 * 1_000;

/**
 * Who asks, as their bearer token says. `playerId` is null for game servers and admins that are nobody's account; `subject`
 * is then the name that the token gives them. `sessionId` is the token's own id; a player who signed in has a session
 * with the same.
 */
export type Viewer = {
  subject: string;
  playerId: string | null;
  sessionId: string;
  roles: Role[];
  expiresAt: Date;
};

/** A session that was revoked or a player who was deleted, by id. Every token that it voids has expired at `until`. */
export type Ended = { id: string; until: Date };

export function hasRole(viewer: Viewer | null, role: Role): boolean {
  return viewer?.roles.includes(role) ?? false;
}
