import { addEventStatistics } from '../db/events/addEventStatistics.ts';
import type { Projection } from './projection.ts';

/** What each player has done how often, and what came in each hour. */
export const statistics: Projection = {
  name: 'statistics',
  handles: () => true,
  apply: addEventStatistics,
};
