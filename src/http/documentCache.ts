import type { DocumentNode } from 'graphql';

export type DocumentCache = {
  get(text: string): DocumentNode | undefined;
  set(text: string, document: DocumentNode): void;
};

/** A character of a document costs up to 360 bytes when it is parsed, so this is 72 MB at most, and 1 000 usual documents. */
const CHARACTERS_MAX = 200_000;

/**
 * Documents that are asked again and again, parsed, by their text. Bounded by the length of all, because strangers choose
 * the text and 4 KB of it can become a megabyte. One is kept from its second time on: what comes once pushes out nothing.
 */
export function createDocumentCache(charactersMax = CHARACTERS_MAX): DocumentCache {
  const once = createTexts<true>(charactersMax);
  const parsed = createTexts<DocumentNode>(charactersMax);
  return {
    get: parsed.get,
    set: (text, document) => (once.get(text) ? parsed.set(text, document) : once.set(text, true)),
  };
}

/** What does not parse is parsed again: its error would keep the text, of any length. */
export const noErrorCache = { get: () => undefined, set: () => {} };

/** Values by text; of more than so many characters, what was asked for last is kept. */
function createTexts<Value>(charactersMax: number) {
  const values = new Map<string, Value>();
  let characters = 0;
  const forget = (text: string) => {
    if (values.delete(text)) characters -= text.length;
  };
  const set = (text: string, value: Value) => {
    forget(text);
    values.set(text, value);
    characters += text.length;
    for (const [oldest] of values) {
      if (characters <= charactersMax) break;
      forget(oldest);
    }
  };
  return {
    set,
    get: (text: string): Value | undefined => {
      const value = values.get(text);
      if (value !== undefined) set(text, value);
      return value;
    },
  };
}
