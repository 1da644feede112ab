import type { ProjectionName } from '../domain/events/projectionNames.ts';
import type { Projection } from './projection.ts';
import type { Submitter } from '../leaderboards/submit.ts';
import { createLeaderboardsProjection } from './leaderboards.ts';
import { statistics } from './statistics.ts';

/** The projections of these names. */
export function openProjections(
  names: readonly ProjectionName[],
  { submitter }: { submitter: Pick<Submitter, 'submit'> },
): Projection[] {
  const all = [statistics, createLeaderboardsProjection(submitter)];
  return all.filter(({ name }) => names.includes(name));
}
