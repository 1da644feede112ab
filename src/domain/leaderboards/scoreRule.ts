import { canonicalJson } from '../canonicalJson.ts';
import { SCORE_MAX } from './standingOrder.ts';

/** Which events bring a score to a board, and which of their numbers it is. */
export type ScoreRule = {
  eventType: string;
  /** What fields of the event have to be; null for every event of the type. */
  filter: Record<string, unknown> | null;
  /** The field with the score. */
  value: string;
};

/** The score that an event brings by the first rule that it meets; null for none, and for what is no whole number. */
export function scoreOf(rules: ScoreRule[], event: { type: string; payload: Record<string, unknown> }): number | null {
  const rule = rules.find((candidate) => isMet(candidate, event));
  const value = rule && Object.hasOwn(event.payload, rule.value) ? event.payload[rule.value] : null;
  return typeof value === 'number' && Number.isInteger(value) && Math.abs(value) <= SCORE_MAX ? value : null;
}

function isMet({ eventType, filter }: ScoreRule, { type, payload }: Parameters<typeof scoreOf>[1]): boolean {
  if (type !== eventType) return false;
  return Object.entries(filter ?? {}).every(
    ([field, wanted]) => Object.hasOwn(payload, field) && canonicalJson(payload[field]) === canonicalJson(wanted),
  );
}
