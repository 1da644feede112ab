import { DomainError } from '../errors.ts';
import type { TournamentState } from './tournament.ts';

/** As many have entered as may. Nothing was written. */
export class TournamentFullError extends DomainError {
  readonly code = 'TOURNAMENT_FULL';
  readonly capacity: number;

  constructor(capacity: number) {
    super(`All ${capacity} entries of the tournament are taken.`);
    this.capacity = capacity;
  }
}

/** The tournament takes nobody in, or no attempts, at this moment. Nothing was written. */
export class TournamentClosedError extends DomainError {
  readonly code = 'TOURNAMENT_CLOSED';
  readonly state: TournamentState;

  constructor(message: string, state: TournamentState) {
    super(message);
    this.state = state;
  }
}

/** The tournament has to be joined before an attempt counts in it. Nothing was written. */
export class NotEnteredError extends DomainError {
  readonly code = 'NOT_ENTERED';

  constructor() {
    super('The player has not entered this tournament. Join it first.');
  }
}

/** The player has used all attempts that the tournament allows. Nothing was written. */
export class AttemptLimitError extends DomainError {
  readonly code = 'ATTEMPT_LIMIT';
  readonly maxAttempts: number;

  constructor(maxAttempts: number) {
    super(`The tournament allows ${maxAttempts} attempts, and the player has used them.`);
    this.maxAttempts = maxAttempts;
  }
}

/** What was asked for cannot be done in the state that the tournament is in. Nothing was written. */
export class TournamentStateError extends DomainError {
  readonly code = 'TOURNAMENT_STATE';
  readonly state: TournamentState;

  constructor(message: string, state: TournamentState) {
    super(message);
    this.state = state;
  }
}

/** The prize could be claimed until a moment that has passed. */
export class PrizeExpiredError extends DomainError {
  readonly code = 'PRIZE_EXPIRED';
  readonly expiredAt: Date;

  constructor(expiredAt: Date) {
    super(`The prize could be claimed until ${expiredAt.toISOString()}.`);
    this.expiredAt = expiredAt;
  }
}
