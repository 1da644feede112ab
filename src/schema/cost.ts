/**
 * What a field costs beside what is selected below it, where that is more work than reading a value. The limits of a
 * query read it from the schema: see `http/plugins/queryLimits`.
 */
export function costing(points: number): { cost: number } {
  return { cost: points };
}

/** For a list whose length has been counted at the field above, which has it as an argument. */
export const SIZED_ABOVE = { isSizedAbove: true };
