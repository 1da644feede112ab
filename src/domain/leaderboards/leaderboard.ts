import type { Cadence } from './period.ts';
import type { ScoreOperator, SortOrder } from './standingOrder.ts';

/** What a leaderboard is: its rule never changes after creation, its name, its limits and its grace may. */
export type Leaderboard = {
  id: string;
  gameId: string;
  slug: string;
  name: string;
  sortOrder: SortOrder;
  operator: ScoreOperator;
  cadences: Cadence[];
  minScore: number | null;
  maxScore: number | null;
  /** How long after the end of a period plays that ended in it may still arrive. */
  graceS: number;
};
