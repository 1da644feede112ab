import type { ProjectionName } from '../domain/events/projectionNames.ts';
import type { Projection } from './projection.ts';
import { statistics } from './statistics.ts';

/** The projections of these names. */
export function openProjections(names: readonly ProjectionName[]): Projection[] {
  const all: Projection[] = [statistics];
  return all.filter(({ name }) => names.includes(name));
}
