/** Scores are whole numbers that a JSON number carries exactly: between −(2^53−1) and 2^53−1. */
export const SCORE_MAX = Number.MAX_SAFE_INTEGER;

export type SortOrder = 'ASCENDING' | 'DESCENDING';
export type ScoreOperator = 'BEST' | 'LATEST' | 'SUM';
export type RankStyle = 'COMPETITION' | 'DENSE' | 'ORDINAL';

/** What decides a player's position in a period: smaller keys come first, equal keys by who reached them first. */
export type EntryValue = { orderKey: number; reachedSeq: number };

/**
 * The key that sorts ascending on every board: the score itself where lower is better, its negation where higher is.
 * Its own inverse, so it also turns a key back into the score.
 */
export function orderKeyOf(score: number, sortOrder: SortOrder): number {
  return sortOrder === 'ASCENDING' || score === 0 ? score + 0 : -score;
}

/** The total order of a board. Negative when `a` stands before `b`; never zero for two different entries. */
export function compareEntries(a: EntryValue, b: EntryValue): number {
  return a.orderKey - b.orderKey || a.reachedSeq - b.reachedSeq;
}

/**
 * The entry after an accepted submission; submissions come in the order of their numbers, though BEST gives the same in any. An equal or worse score under BEST, the same score under LATEST and a zero
 * under SUM leave the entry as it is, with the moment it was reached. Null when a sum would pass ±SCORE_MAX.
 */
export function applyScore(
  current: EntryValue | null,
  submission: { score: number; seq: number },
  rule: { operator: ScoreOperator; sortOrder: SortOrder },
): EntryValue | null {
  const submitted = { orderKey: orderKeyOf(submission.score, rule.sortOrder), reachedSeq: submission.seq };
  if (!current) return submitted;
  switch (rule.operator) {
    case 'BEST':
      return compareEntries(submitted, current) < 0 ? submitted : current;
    case 'LATEST':
      return submitted.orderKey === current.orderKey ? current : submitted;
    case 'SUM': {
      const orderKey = current.orderKey + submitted.orderKey;
      if (Math.abs(orderKey) > SCORE_MAX) return null;
      return orderKey === current.orderKey ? current : { orderKey: orderKey + 0, reachedSeq: submission.seq };
    }
  }
}
