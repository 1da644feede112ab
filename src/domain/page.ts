/** Some rows of a list, in its order. A flag is true only if asking on that way gives a row. */
export type Page<Row> = { rows: Row[]; hasNextPage: boolean; hasPreviousPage: boolean };

/**
 * The first rows after a key, or the last before it; without one, the first or the last of the list. `limit` is 1 to
 * PAGE_SIZE_MAX.
 */
export type PageQuery<Key = PageKey> = { side: 'after' | 'before'; key: Key | null; limit: number };

/** The moment and the id of a row in a list that is ordered by both, latest first. */
export type PageKey = { at: Date; id: string };
