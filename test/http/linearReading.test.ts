import { expect, test } from 'vitest';
import { nestingOf, parseExactJson } from '../../src/http/exactJson.ts';

/** Twice the length may take twice the time, and as much again for a machine that is busy; a square would take sixteen times. */
const FACTOR_MAX = 8;
const LENGTH = 400_000;

test.each<[what: string, text: (length: number) => string]>([
  ['an open quote and escaped quotes', (length) => `"${'\\"'.repeat(length / 2)}`],
  ['quotes alone', (length) => '"'.repeat(length)],
  ['block quotes that are escaped', (length) => `"""${'\\"""'.repeat(length / 4)}`],
  ['backslashes behind a quote', (length) => `"${'\\'.repeat(length)}`],
  ['comments', (length) => '#'.repeat(length)],
  ['a number with zeros inside', (length) => `1${'0'.repeat(length)}1.5`],
  ['a string of digits', (length) => `"${'1'.repeat(length)}"`],
])('%s of four times the length takes at most in proportion', (_what, text) => {
  const [short, long] = [text(LENGTH), text(LENGTH * 4)];
  expect(fastest(() => read(long))).toBeLessThan(fastest(() => read(short)) * FACTOR_MAX + 20);
});

test.each([
  ['{"a": [1, {"b": "}}}]]]"}]}', 3],
  ['query { a(b: """ { \\""" { """) { c } } # {{{', 2],
  ['{ a(b: "\\"{{") }', 2],
  ['"" [[]]', 2],
  ['"no end\n[[[]]]', 3],
  ['""" no end [[[', 0],
])('brackets in %s lie %i deep', (text, depth) => expect(nestingOf(text)).toBe(depth));

function read(text: string): void {
  nestingOf(text);
  try {
    parseExactJson(text);
  } catch {
    // Refused; how long that takes is what counts.
  }
}

/** Of three runs: what disturbs a run makes it longer, never shorter. */
function fastest(work: () => void): number {
  return Math.min(...[1, 2, 3].map(() => timed(work)));
}

function timed(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}
