/** What a game has told of, checked and on its way into the log. */
export type NewEvent = {
  /** Its identity: the same event, sent again, has the same. See `identifyEvent`. */
  id: string;
  gameId: string;
  playerId: string;
  /** The name that the registry gives it, whatever alias it was sent under. */
  type: string;
  /** Of the type's fields. */
  version: number;
  /** When it happened, by the clock of whoever sent it; without an offset that clock is taken to be in UTC. */
  occurredAt: Date;
  /** The moment as it was sent. */
  timestampText: string;
  /** The id that the sender gave it, null for none. */
  clientId: string | null;
  appVersion: string | null;
  platform: 'android' | 'ios' | null;
  sessionId: string | null;
  locale: string | null;
  /** The fields of its type under the registry's names, and whatever else was sent. */
  payload: Record<string, unknown>;
};

/** An event of the log. */
export type LoggedEvent = NewEvent & {
  /** By the database's clock. */
  receivedAt: Date;
  /** Whether `occurredAt` lies more than 24 hours from `receivedAt`: a clock that is wrong, or a device that was offline. */
  isSkewed: boolean;
};
