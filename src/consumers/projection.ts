import type { Queryable } from '../db/open.ts';
import type { LoggedEvent } from '../domain/events/event.ts';
import type { ProjectionName } from '../domain/events/projectionNames.ts';

/** What events come to: it follows from the log alone, so that it can be made anew from there. */
export type Projection = {
  name: ProjectionName;
  /** Whether the event has anything to do with it. */
  handles(event: LoggedEvent): boolean;
  /**
   * Applies events, those of one player in the order of the log. Commits with the position, so each is applied once; what is done outside of `tx` must be
   * safe to repeat. Throws when it cannot apply all of them: then each is tried by itself.
   */
  apply(tx: Queryable, events: LoggedEvent[]): Promise<void>;
};
