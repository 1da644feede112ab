export const ROLES = ['player', 'server', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/**
 * Who asks, as their bearer token says. `playerId` is null for game servers and admins that are nobody's account; `subject`
 * is then the name that the token gives them.
 */
export type Viewer = { subject: string; playerId: string | null; roles: Role[]; expiresAt: Date };

export function hasRole(viewer: Viewer | null, role: Role): boolean {
  return viewer?.roles.includes(role) ?? false;
}
