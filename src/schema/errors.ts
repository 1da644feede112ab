import {
  ConflictError,
  type DomainError,
  IdempotencyConflictError,
  NotFoundError,
  PeriodOverError,
  ScoreOutOfRangeError,
  ValidationError,
} from '../domain/errors.ts';
import { builder } from './builder.ts';

export const errorRef = builder.interfaceRef<DomainError>('Error').implement({
  description: 'Every refusal that a client can act on. Result unions list the ones that can happen.',
  fields: (t) => ({
    code: t.exposeString('code', { description: 'A constant for programs, like NOT_FOUND.' }),
    message: t.exposeString('message', { description: 'For people: what was wrong and what would be right.' }),
  }),
});

builder.objectType(NotFoundError, {
  name: 'NotFoundError',
  description: 'Something that the input names does not exist, or is not the viewer’s to see.',
  interfaces: [errorRef],
});

builder.objectType(ConflictError, {
  name: 'ConflictError',
  description: 'A name that has to be unique is taken.',
  interfaces: [errorRef],
});

builder.objectType(ValidationError, {
  name: 'ValidationError',
  description: 'The input breaks a rule. Nothing was written.',
  interfaces: [errorRef],
  fields: (t) => ({
    path: t.exposeString('path', { description: 'The input field that breaks it, like `input.slug`.' }),
  }),
});

builder.objectType(IdempotencyConflictError, {
  name: 'IdempotencyConflictError',
  description:
    'The player has used this idempotency key for another board, score, metadata, tournament or `playedAt`. Nothing was written.',
  interfaces: [errorRef],
});

builder.objectType(ScoreOutOfRangeError, {
  name: 'ScoreOutOfRangeError',
  description:
    'The score lies outside the board’s limits, or would carry the sum of a SUM board past ±(2^53-1). Nothing was written.',
  interfaces: [errorRef],
  fields: (t) => ({
    minScore: t.expose('minScore', { type: 'SafeInt', nullable: true, description: 'Null: no lower limit.' }),
    maxScore: t.expose('maxScore', { type: 'SafeInt', nullable: true, description: 'Null: no upper limit.' }),
  }),
});

builder.objectType(PeriodOverError, {
  name: 'PeriodOverError',
  description:
    'The play ended in a period of the board that is over, longer ago than the board’s `graceSeconds`, and no tournament ' +
    'takes it. An admin may still import it. Nothing was written.',
  interfaces: [errorRef],
  fields: (t) => ({
    acceptedUntil: t.expose('acceptedUntil', {
      type: 'DateTime',
      description: 'The first moment at which it was too late, by the database’s clock.',
    }),
  }),
});
