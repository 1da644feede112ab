import { badInput } from './errors.ts';

/** PostgreSQL stores neither NUL nor lone surrogates. */
export function requireText(text: string): void {
  if (text.includes('\0')) throw badInput('Text must not contain the NUL character.');
  if (!text.isWellFormed()) throw badInput('Text must be well-formed Unicode; it contains half a surrogate pair.');
}

/** A number as it was written, and as it was read. Throws RequestError where reading has changed it. */
export function requireNumber(value: number, source: string): void {
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
  const significant = digits.slice(0, endOfDigits(digits));
  if (significant === '') return value === 0;
  const shift = zeros + (digits.length - significant.length);
  // A fraction is left over, so the text names no whole number; or it is longer than any that is kept exactly.
  if (shift < 0 || significant.length + shift > 400) return false;
  return BigInt(value) === BigInt(`${sign}${significant}${'0'.repeat(shift)}`);
}

/** Without the zeros at the end. A regular expression would begin anew at each run of zeros before it. */
function endOfDigits(digits: string): number {
  let end = digits.length;
  while (digits[end - 1] === '0') end -= 1;
  return end;
}

const shorten = (source: string) => (source.length > 40 ? `${source.slice(0, 40)}…` : source);
