/** Some rows of a list that is read from its start, each with the cursor that leads past it. */
export type Page<Row> = { rows: Row[]; hasNextPage: boolean; hasPreviousPage: boolean };

/** Where a page starts: after the row with these keys, or at the first row. `limit` is 1 to PAGE_SIZE_MAX. */
export type PageQuery = { after: PageKey | null; limit: number };

/** The moment and the id of a row in a list that is ordered by both, latest first. */
export type PageKey = { at: Date; id: string };

/** The page of rows that were read with one more than wanted. */
export function pageOf<Row>(rows: Row[], { after, limit }: { after: unknown; limit: number }): Page<Row> {
  return { rows: rows.slice(0, limit), hasNextPage: rows.length > limit, hasPreviousPage: after !== null };
}
