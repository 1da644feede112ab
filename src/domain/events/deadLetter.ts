import type { LoggedEvent } from './event.ts';
import type { ProjectionName } from './projectionNames.ts';

/** An event that a projection has given up. */
export type DeadLetter = {
  id: string;
  projection: ProjectionName;
  event: LoggedEvent;
  /** What the last attempt said. */
  reason: string;
  attempts: number;
  deadAt: Date;
};

/** How far a projection has come with an event. */
export type EventProgress = {
  projection: ProjectionName;
  state: 'APPLIED' | 'DEAD' | 'PENDING' | 'RETRYING';
  attempts: number;
  reason: string | null;
};

/** Of the events of one type that came in one hour: each that was received is a duplicate, processed, pending or dead. */
export type EventHour = {
  hour: Date;
  type: string;
  received: number;
  processed: number;
  pending: number;
  dead: number;
  duplicates: number;
};
