import { badInput } from '../domain/errors.ts';
import { requireNumber, requireText } from '../domain/exactValues.ts';

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
 * and run out of stack. Strings, block strings and comments do not count; behind one that never ends no parser reads on.
 * Looks at each character once: a regular expression for the same came back to each quote of a text full of them.
 */
export function nestingOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? '';
    if (character === '"') at = text.startsWith('"""', at) ? endOfBlock(text, at + 3) : endOfString(text, at + 1);
    else if (character === '#') at = endOfLine(text, at);
    else if ('([{'.includes(character)) deepest = Math.max(deepest, (depth += 1));
    else if (')]}'.includes(character)) depth -= 1;
  }
  return deepest;
}

/** Where the closing quote stands, or the end of the line that has none. */
function endOfString(text: string, start: number): number {
  for (let at = start; at < text.length; at += 1) {
    const character = text[at];
    if (character === '"' || character === '\n') return at;
    if (character === '\\') at += 1;
  }
  return text.length;
}

/** Where the closing quotes end; `\"""` does not close. */
function endOfBlock(text: string, start: number): number {
  let at = text.indexOf('"""', start);
  while (at > 0 && text[at - 1] === '\\') at = text.indexOf('"""', at + 3);
  return at < 0 ? text.length : at + 2;
}

function endOfLine(text: string, start: number): number {
  const end = text.indexOf('\n', start);
  return end < 0 ? text.length : end;
}
