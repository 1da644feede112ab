/**
 * JSON that a stranger stored, on its way into an answer. In a box that only `JSON.stringify` opens, because what works out
 * answers looks into values before and after they are serialized: one with a `then` is taken for a promise.
 */
export type JsonValue = { toJSON(): unknown };

/** Null stays null: the field is. */
export function boxJson(json: unknown): JsonValue | null {
  return json === null || json === undefined ? null : { toJSON: () => json };
}
