import { z } from 'zod';
import { ValidationError } from '../domain/errors.ts';
import { IDEMPOTENCY_KEY_LENGTH_MAX, METADATA_BYTES_MAX } from '../domain/submissions/submission.ts';

/** The parsed value, or a ValidationError that names the first field that breaks its rule. */
export function parseInput<T extends z.ZodType>(rules: T, input: unknown): z.infer<T> {
  const parsed = rules.safeParse(input);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new ValidationError(['input', ...(issue?.path ?? [])].join('.'), issue?.message ?? 'is not valid');
}

export const slugRule = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'use lower-case letters, digits and single hyphens, like `sky-race`')
  .max(64, 'use 64 characters at most');

/** Control characters, line separators, and what turns the direction of the text around it. */
const HIDDEN = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;
const VISIBLE = /[\p{L}\p{N}\p{P}\p{S}]/u;

/** A name to show: trimmed, one line. */
export const nameRule = (lengthMax: number) =>
  z
    .string()
    .trim()
    .min(1, 'must not be empty')
    .max(lengthMax, `use ${lengthMax} characters at most`)
    .refine((name) => VISIBLE.test(name) && !HIDDEN.test(name), 'use one line of visible characters');

export const idempotencyKeyRule = z
  .string()
  .min(1, 'must not be empty')
  .max(IDEMPOTENCY_KEY_LENGTH_MAX, `use ${IDEMPOTENCY_KEY_LENGTH_MAX} characters at most`);

export const metadataRule = z
  .unknown()
  .optional()
  .refine(
    (value) => Buffer.byteLength(JSON.stringify(value ?? null)) <= METADATA_BYTES_MAX,
    `use ${METADATA_BYTES_MAX} bytes of JSON at most`,
  );

/** Lower bound first: an inverted pair of limits would refuse every score. */
export const limitsRule = (limits: { minScore?: number | null; maxScore?: number | null }) =>
  typeof limits.minScore !== 'number' || typeof limits.maxScore !== 'number' || limits.minScore <= limits.maxScore;
