import { expect, test } from 'vitest';
import { z } from 'zod';
import { ValidationError } from '../../src/domain/errors.ts';
import {
  idempotencyKeyRule,
  limitsRule,
  metadataRule,
  nameRule,
  parseInput,
  slugRule,
} from '../../src/resolvers/parseInput.ts';

const rules = z.object({ slug: slugRule, name: nameRule(10) });

test('input that keeps the rules comes back cleaned', () => {
  expect(parseInput(rules, { slug: 'sky-race', name: '  Sky race ' })).toEqual({ slug: 'sky-race', name: 'Sky race' });
});

test('input that breaks a rule is refused with the path of the field', () => {
  const error = refusalOf(rules, { slug: 'Sky Race', name: 'Sky race' });
  expect(error).toMatchObject({ code: 'VALIDATION', path: 'input.slug' });
  expect(error.message).toMatch(/^input\.slug: use lower-case letters/);
});

test('only the first field that breaks its rule is named', () => {
  expect(refusalOf(rules, { slug: '', name: '' }).path).toBe('input.slug');
});

test('a path leads into lists', () => {
  const listed = z.object({ scores: z.array(z.object({ idempotencyKey: idempotencyKeyRule })) });
  const input = { scores: [{ idempotencyKey: 'a' }, { idempotencyKey: '' }] };
  expect(refusalOf(listed, input).path).toBe('input.scores.1.idempotencyKey');
});

test('a rule over the whole input is named input', () => {
  const error = refusalOf(
    z.object({}).refine(() => false, 'no two fields agree'),
    {},
  );
  expect(error).toMatchObject({ path: 'input', message: 'input: no two fields agree' });
});

test.each(['a', '1', 'sky-race', 'sky-race-2', 'a'.repeat(64)])('%s is a slug', (slug) => {
  expect(accepts(slugRule, slug)).toBe(true);
});

test.each(['', '-', 'a-', '-a', 'a--b', 'A', 'ä', 'a b', 'a_b', 'a\n', 'a'.repeat(65)])('%j is no slug', (slug) => {
  expect(accepts(slugRule, slug)).toBe(false);
});

test.each(['Ada', 'Zoë', '李小龙', '🏆🏆🏆', "O'Neill", '0123456789', '  0123456789  '])('%j is a name', (name) => {
  expect(accepts(nameRule(10), name)).toBe(true);
});

test.each(['', '   ', '01234567890', 'a\nb', 'a\0b', 'a\tb', 'a\u007fb', 'a\u0085b', 'a\u2028b', 'a\u2029b', '\u3164'])(
  '%j is no name',
  (name) => {
    expect(accepts(nameRule(10), name)).toBe(false);
  },
);

test('an idempotency key has 1 to 128 characters', () => {
  expect(['', 'k', 'k'.repeat(128), 'k'.repeat(129)].map((key) => accepts(idempotencyKeyRule, key))).toEqual([
    false,
    true,
    true,
    false,
  ]);
});

test('metadata is any JSON value, or none', () => {
  for (const value of [undefined, null, 0, '', true, [], { level: 3, path: [{ x: 1 }] }]) {
    expect(accepts(metadataRule, value)).toBe(true);
  }
});

test('metadata has at most 1024 bytes of JSON, whatever its characters', () => {
  expect(accepts(metadataRule, 'x'.repeat(1022))).toBe(true);
  expect(accepts(metadataRule, 'x'.repeat(1023))).toBe(false);
  expect(accepts(metadataRule, 'ü'.repeat(511))).toBe(true);
  expect(accepts(metadataRule, 'ü'.repeat(512))).toBe(false);
  expect(accepts(metadataRule, { '🏆': ['🏆'.repeat(252)] })).toBe(true);
  expect(accepts(metadataRule, { '🏆': ['🏆'.repeat(254)] })).toBe(false);
});

test('limits are in order, and either may be missing', () => {
  expect(limitsRule({ minScore: 0, maxScore: 10 })).toBe(true);
  expect(limitsRule({ minScore: 10, maxScore: 10 })).toBe(true);
  expect(limitsRule({ minScore: 10, maxScore: 9 })).toBe(false);
  expect(limitsRule({ minScore: 1, maxScore: 0 })).toBe(false);
  for (const limits of [{}, { minScore: 10 }, { maxScore: 9 }, { minScore: 10, maxScore: null }]) {
    expect(limitsRule(limits)).toBe(true);
  }
});

function accepts(rule: z.ZodType, value: unknown): boolean {
  return rule.safeParse(value).success;
}

function refusalOf(wanted: z.ZodType, input: unknown): ValidationError {
  try {
    parseInput(wanted, input);
  } catch (error) {
    if (error instanceof ValidationError) return error;
    throw error;
  }
  throw new Error('the input was accepted');
}
