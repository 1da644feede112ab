import type { LoggedEvent, NewEvent } from '../../domain/events/event.ts';
import type { Transaction } from '../open.ts';

/** What became of an event that was appended. Of one that is in the log already nothing more is stored. */
export type Appended = 'ACCEPTED' | 'DUPLICATE';

/**
 * Does to the database what events do. Runs in the transaction that also moves the position of the projection: it uses `tx`
 * alone and leaves failures of single events to itself. When it throws, all is rolled back and the same events come again.
 */
export type Consume = (tx: Transaction, events: LoggedEvent[]) => Promise<void>;

/** Where events are kept in the order in which they came, and from where they are brought to projections. */
export type EventLog = {
  /**
   * Resolves when the events are durable, with a verdict for each, in their order. Rejects when it is not known that they
   * are; the same events may then be appended again.
   */
  append(events: NewEvent[]): Promise<Appended[]>;
  /**
   * Brings a projection the events behind its position, and then each new one, until it is stopped: at once where notices
   * arrive, and by looking where they do not. Every event comes to one consumer of that name of all processes; those of one player
   * in the order of the log. The position of a new name is the beginning of the log.
   */
  read(projection: string, consume: Consume): EventReader;
};

export type EventReader = {
  /** Resolves when what is under way is committed or rolled back. */
  stop(): Promise<void>;
};
