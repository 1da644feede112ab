import { z } from 'zod';
import type { Context } from '../../context.ts';
import { loadScoreRules } from '../../db/leaderboards/scoreRules.ts';
import { findEventType, nearestEventType } from '../../domain/events/eventTypes.ts';
import type { ScoreRule } from '../../domain/leaderboards/scoreRule.ts';

const RULES_MAX = 20;
const FILTER_BYTES_MAX = 1_024;
const FIELD_LENGTH_MAX = 64;

export type ScoreRuleInput = { eventType: string; filter?: unknown; value: string };

/** What a board may be told of its score rules. Types are kept under their present names. */
export const scoreRulesRule = z
  .array(
    z.object({
      eventType: z.string().transform((name, { addIssue }) => {
        const type = findEventType(name);
        if (type) return type.name;
        const nearest = nearestEventType(name);
        addIssue(`names no type of event${nearest === null ? '' : `; did you mean "${nearest}"?`}`);
        return z.NEVER;
      }),
      filter: z
        .record(z.string(), z.unknown(), 'must be an object of fields and what they have to be')
        .refine(
          (filter) => Buffer.byteLength(JSON.stringify(filter)) <= FILTER_BYTES_MAX,
          `use ${FILTER_BYTES_MAX} bytes of JSON at most`,
        )
        .nullish()
        .transform((filter) => filter ?? null),
      value: z.string().min(1, 'must name a field').max(FIELD_LENGTH_MAX, `use ${FIELD_LENGTH_MAX} characters at most`),
    }),
  )
  .max(RULES_MAX, `use ${RULES_MAX} at most`)
  .nullish();

/** Of each board, in the order of the ids. */
export async function scoreRules(boardIds: string[], ctx: Context): Promise<ScoreRule[][]> {
  const found = await loadScoreRules(ctx.database, boardIds);
  return boardIds.map((id) => found.get(id) ?? []);
}
