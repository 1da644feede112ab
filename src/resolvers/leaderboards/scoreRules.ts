import { z } from 'zod';
import type { Context } from '../../context.ts';
import { loadScoreRules } from '../../db/leaderboards/scoreRules.ts';
import { findEventType, nearestEventType } from '../../domain/events/eventTypes.ts';
import { ValidationError } from '../../domain/errors.ts';
import type { ScoreRule } from '../../domain/leaderboards/scoreRule.ts';

const RULES_MAX = 20;
const FILTER_BYTES_MAX = 1_024;
const FIELD_LENGTH_MAX = 64;

export type ScoreRuleInput = { eventType: string; filter?: unknown; value: string };

/** What a board may be told of its score rules, beside the types: see `withPresentTypes`. */
export const scoreRulesRule = z
  .array(
    z.object({
      eventType: z.string(),
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

/** The rules with the present names of the types, which are Laurel's or the game's own. Throws ValidationError. */
export async function withPresentTypes(
  given: ScoreRule[] | null | undefined,
  gameId: string,
  { ownTypes }: Context,
): Promise<ScoreRule[] | null> {
  if (!given) return null;
  const own = await ownTypes.find(given.map(({ eventType: name }) => ({ gameId, name })));
  return given.map((rule, index) => {
    const type = findEventType(rule.eventType) ?? own[index];
    if (type) return { ...rule, eventType: type.name };
    const nearest = nearestEventType(rule.eventType);
    const hint = nearest === null ? '' : `; did you mean "${nearest}"?`;
    throw new ValidationError(`input.scoreRules.${index}.eventType`, `names no type of event${hint}`);
  });
}

/** Of each board, in the order of the ids. */
export async function scoreRules(boardIds: string[], ctx: Context): Promise<ScoreRule[][]> {
  const found = await loadScoreRules(ctx.database, boardIds);
  return boardIds.map((id) => found.get(id) ?? []);
}
