/** Something stored that is not what it follows from. `stored` or `recomputed` is null where one side has nothing. */
export type Difference = {
  /** Where it is: `leaderboard <id>`, `tournament <id>`, `ledger` or `events`. */
  in: string;
  what: string;
  key: string;
  stored: string | null;
  recomputed: string | null;
};

/** Compares two values of one thing, and notes them where they differ. */
export type Compare = (key: string, stored: string | null, recomputed: string | null) => void;

export function createCompare(where: Pick<Difference, 'in' | 'what'>, differences: Difference[]): Compare {
  return (key, stored, recomputed) => {
    if (stored !== recomputed) differences.push({ ...where, key, stored, recomputed });
  };
}
