/** What is made of events, and the roles of processes that make one of it alone. */
export const PROJECTION_NAMES = ['statistics', 'leaderboards'] as const;

export type ProjectionName = (typeof PROJECTION_NAMES)[number];
