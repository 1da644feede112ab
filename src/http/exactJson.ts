import { badInput } from '../domain/errors.ts';

/** Brackets, and what they are not looked for in: block strings, strings, comments. */
const BRACKETS = /[()[\]{}]|"""(?:\\"""|[^])*?"""|"(?:\\.|[^"\\\n])*"|#[^\n]*/g;
const NESTING_MAX = 64;
/** What could make the plain parser lie or PostgreSQL refuse the text: escapes, long numbers, fractions, exponents. */
const NEEDS_CARE = /\\u|\d{16}|\d[.eE]/;

/**
 * Parses JSON without changing a value silently: a number that would round to another whole number, or is too large to
 * be finite, is refused, and so is text with NUL or half a surrogate pair. Throws RequestError BAD_USER_INPUT.
 */
export function parseExactJson(text: string): unknown {
  if (nestingOf(text) > NESTING_MAX) throw badInput(`The JSON is nested more than ${NESTING_MAX} levels deep.`);
  try {
    return NEEDS_CARE.test(text) ? JSON.parse(text, requireExact) : JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) throw badInput('The JSON is not well-formed.');
    throw error;
  }
}

/** `context` is the third parameter of revivers since ES2025: it has the text that a number was written as. */
const requireExact = (key: string, value: unknown, context?: { source?: string }): unknown => {
  const source = context?.source;
  requireText(key);
  if (typeof value === 'string') requireText(value);
  if (typeof value === 'number' && source !== undefined) requireNumber(value, source);
  return value;
};

/**
 * How deep brackets lie in brackets, in JSON or GraphQL. Looked at before parsing: parsers call themselves for each level
 * and run out of stack. Strings and comments do not count.
 */
export function nestingOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (const [token] of text.matchAll(BRACKETS)) {
    if ('([{'.includes(token)) deepest = Math.max(deepest, (depth += 1));
    else if (')]}'.includes(token)) depth -= 1;
  }
  return deepest;
}

/** PostgreSQL stores neither NUL nor lone surrogates. */
export function requireText(text: string): void {
  if (text.includes('\0')) throw badInput('Text must not contain the NUL character.');
  if (!text.isWellFormed()) throw badInput('Text must be well-formed Unicode; it contains half a surrogate pair.');
}

function requireNumber(value: number, source: string): void {
  if (!Number.isFinite(value)) throw badInput(`The number ${shorten(source)} is too large.`);
  if (!Number.isInteger(value) || isExactly(value, source)) return;
  throw badInput(`The number ${shorten(source)} cannot be kept exactly; it would become ${value}.`);
}

/** Whether the decimal text names this whole number and no neighbour of it. */
function isExactly(value: number, source: string): boolean {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(source) ?? [];
  const digits = (whole + fraction).replace(/^0+/, '');
  const zeros = Number(exponent) - fraction.length;
  const significant = digits.replace(/0+$/, '');
  if (significant === '') return value === 0;
  const shift = zeros + (digits.length - significant.length);
  // A fraction is left over, so the text names no whole number; or it is longer than any that is kept exactly.
  if (shift < 0 || significant.length + shift > 400) return false;
  return BigInt(value) === BigInt(`${sign}${significant}${'0'.repeat(shift)}`);
}

const shorten = (source: string) => (source.length > 40 ? `${source.slice(0, 40)}…` : source);
