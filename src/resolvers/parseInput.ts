import { z } from 'zod';
import { ValidationError } from '../domain/errors.ts';
import { flawOfName } from '../domain/flawOfName.ts';
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

/** A name to show: trimmed, one line, nothing hidden. */
export const nameRule = (lengthMax: number) =>
  z
    .string()
    .trim()
    .min(1, { error: 'must not be empty', abort: true })
    .max(lengthMax, { error: `use ${lengthMax} characters at most`, abort: true })
    .superRefine((name, { addIssue }) => {
      const flaw = flawOfName(name);
      if (flaw !== null) addIssue(flaw);
    });

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

const DAY_S = 24 * 60 * 60;
/** How many seconds after the end of a period a board waits for late arrivals. */
export const graceRule = z.number().min(0, `use 0 to ${DAY_S}`).max(DAY_S, `use 0 to ${DAY_S}`).nullish();

/** Lower bound first: an inverted pair of limits would refuse every score. */
export const limitsRule = (limits: { minScore?: number | null; maxScore?: number | null }) =>
  typeof limits.minScore !== 'number' || typeof limits.maxScore !== 'number' || limits.minScore <= limits.maxScore;
