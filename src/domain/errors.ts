/**
 * A refusal that a client can act on. The schema turns each subclass into a GraphQL type and lists it in the result
 * unions of the mutations that may answer with it; anything else that is thrown is a bug and is masked.
 */
export abstract class DomainError extends Error {
  abstract readonly code: string;
}

/** Something that the input names does not exist, or is not the viewer's to see. */
export class NotFoundError extends DomainError {
  readonly code = 'NOT_FOUND';
}

/** The input breaks a rule. `path` names the input field, for example `input.slug`. */
export class ValidationError extends DomainError {
  readonly code = 'VALIDATION';
  readonly path: string;

  constructor(path: string, message: string) {
    super(`${path}: ${message}`);
    this.path = path;
  }
}

/** A unique name is taken. */
export class ConflictError extends DomainError {
  readonly code = 'CONFLICT';
}

/** The player has used this idempotency key for another submission. Nothing was written. */
export class IdempotencyConflictError extends DomainError {
  readonly code = 'IDEMPOTENCY_CONFLICT';

  constructor() {
    super('This idempotency key was used for another submission. Retry with the same input, or choose a new key.');
  }
}

/** The score lies outside the board's limits, or would carry a sum past ±(2^53−1). Nothing was written. */
export class ScoreOutOfRangeError extends DomainError {
  readonly code = 'SCORE_OUT_OF_RANGE';
  readonly minScore: number | null;
  readonly maxScore: number | null;

  constructor(message: string, limits: { minScore: number | null; maxScore: number | null }) {
    super(message);
    this.minScore = limits.minScore;
    this.maxScore = limits.maxScore;
  }
}

/** The play ended in a period that no longer takes what a game server reports. Nothing was written. */
export class PeriodOverError extends DomainError {
  readonly code = 'PERIOD_OVER';
  /** The first moment at which it was too late. */
  readonly acceptedUntil: Date;

  constructor(period: string, acceptedUntil: Date) {
    super(`The play ended in ${period}, and what was played then was taken until ${acceptedUntil.toISOString()}.`);
    this.acceptedUntil = acceptedUntil;
  }
}

type RequestErrorCode =
  | 'BAD_USER_INPUT'
  | 'FORBIDDEN'
  | 'OVERLOADED'
  | 'QUERY_TOO_COMPLEX'
  | 'TIMED_OUT'
  | 'TOO_MANY_STREAMS'
  | 'UNAUTHENTICATED'
  | 'UNAVAILABLE';

/** Refuses a whole request. It becomes a top-level GraphQL error with `extensions.code` and the status of its code. */
export class RequestError extends Error {
  readonly code: RequestErrorCode;

  constructor(code: RequestErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** For whoever needs a token and has none, or one that counts no more. */
export function unauthenticated(): RequestError {
  return new RequestError('UNAUTHENTICATED', 'The bearer token is missing, expired or not valid.');
}

export function badInput(message: string): RequestError {
  return new RequestError('BAD_USER_INPUT', message);
}
