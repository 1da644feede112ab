import { type FloatValueNode, type IntValueNode, Kind, type ValueNode, valueFromASTUntyped, visit } from 'graphql';
import { badInput, type RequestError } from '../domain/errors.ts';
import { requireNumber, requireText } from '../domain/exactValues.ts';
import { isCalendarDay } from '../domain/moments.ts';
import { SCORE_MAX } from '../domain/leaderboards/standingOrder.ts';
import { builder } from './builder.ts';

/** As JSON writes it, and without -0: a number has one text. */
const WHOLE_NUMBER = /^(0|-?[1-9]\d{0,16})$/;
/**
 * Without 24:00:00, which is the next day's midnight, and -00:00, which says that the offset is not known. Of a second no
 * more than a Date keeps: a moment that was cut would be another one.
 */
const INSTANT = /^\d{4}-\d\d-\d\dT(?!24)\d\d:\d\d:\d\d(\.\d{1,3})?(Z|(?!-00:00)[+-]\d\d:\d\d)$/;

builder.scalarType('SafeInt', {
  description:
    'A whole number between -(2^53-1) and 2^53-1, carried as a JSON number. Strings of digits are accepted as input, written as JSON writes the number.',
  serialize: (value) => value,
  parseValue: (value) => safeInt(value),
  parseLiteral: (node) => {
    if (node.kind === Kind.INT) return safeInt(Number(node.value));
    if (node.kind === Kind.STRING) return safeInt(node.value);
    throw refusal('SafeInt', 'a whole number or a string of digits', textOf(node));
  },
});

builder.scalarType('DateTime', {
  description:
    'RFC 3339 instant with milliseconds, always UTC. Input may carry another offset, which is converted, and no finer fraction.',
  serialize: (value) => value.toISOString(),
  parseValue: (value) => instant(value),
  parseLiteral: (node) => instant(node.kind === Kind.STRING ? node.value : textOf(node)),
});

builder.scalarType('JSON', {
  description: 'Any JSON value.',
  serialize: (value) => value,
  parseValue: (value) => value,
  parseLiteral: (node, variables) => {
    visit(node, {
      IntValue: requireExact,
      FloatValue: requireExact,
      ObjectField: ({ name }) => requireText(name.value),
    });
    return valueFromASTUntyped(node, variables);
  },
});

/** The same rule as for numbers in variables. */
function requireExact({ value }: FloatValueNode | IntValueNode): void {
  requireNumber(Number(value), value);
}

/** Exact or refused: the text of a number decides, because the nearest double may be another whole number. */
function safeInt(value: unknown): number {
  const isText = typeof value === 'string' && WHOLE_NUMBER.test(value);
  const number = typeof value === 'number' || isText ? Number(value) : Number.NaN;
  if (!Number.isInteger(number)) throw refusal('SafeInt', 'a whole number or a string of digits', value);
  if (Math.abs(number) > SCORE_MAX) throw refusal('SafeInt', `between -${SCORE_MAX} and ${SCORE_MAX}`, value);
  return number + 0;
}

function instant(value: unknown): Date {
  const date = typeof value === 'string' && INSTANT.test(value) ? new Date(value) : new Date(Number.NaN);
  if (Number.isNaN(date.getTime()) || !isCalendarDay(String(value).slice(0, 10))) {
    throw refusal(
      'DateTime',
      'an RFC 3339 instant with its offset and at most milliseconds, like 2026-11-21T12:00:00.000Z',
      value,
    );
  }
  return date;
}

function refusal(scalar: string, wanted: string, value: unknown): RequestError {
  const shown = typeof value === 'object' ? typeof value : JSON.stringify(value)?.slice(0, 40);
  return badInput(`${scalar} must be ${wanted}; this is ${shown}.`);
}

function textOf(node: ValueNode): unknown {
  return 'value' in node ? node.value : node.kind;
}
