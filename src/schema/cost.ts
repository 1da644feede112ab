import type { GraphQLArgument, GraphQLField } from 'graphql';

/**
 * What a field costs beside what is selected below it, where that is more work than reading a value; of an argument that
 * lists, what each of its items costs. The limits of a query read it from the schema: see `http/plugins/queryLimits`.
 */
export function costing(points: number): { cost: number } {
  return { cost: points };
}

/** For a list whose length has been counted at the field above, which has it as an argument. */
export const SIZED_ABOVE = { isSizedAbove: true };

/** For an argument that says how many rows its field has; without one, it has a page of the usual size. */
export const PAGE_SIZE = { sizes: 'page' };

/** For an argument that lists what its field works on. On a root field, each item counts as a request of a game server. */
export const EACH = { sizes: 'list' };

/** For an argument that is a number of rows which are walked over before the first that is shown. */
export const WALKED_OVER = { isWalkedOver: true };

type Said = { cost?: number; isSizedAbove?: boolean; sizes?: 'list' | 'page'; isWalkedOver?: boolean };

/** What the declaration of a field or an argument says about its cost. */
export function costSaid({ extensions }: GraphQLArgument | GraphQLField<unknown, unknown>): Said {
  return extensions;
}
