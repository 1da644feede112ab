import { z } from 'zod';

type Fields = Record<string, z.ZodType>;

/** A kind of event: what it is called, was called, and carries. */
export type EventType = {
  name: string;
  /** Grows when the meaning of its fields changes. Stored with each event. */
  version: number;
  /** Names that older releases of a game send it under. */
  aliases: readonly string[];
  /** The name of a field by the name that it is sent under. */
  renamed: ReadonlyMap<string, string>;
  /** The fields beside the base of an event, when they lie in its root. */
  flat: z.ZodObject;
  /** The fields when they lie in `data`, from games that know the type by fewer. */
  nested: z.ZodObject;
  /** Whether an event whose fields lie in its root must say which release on which platform sent it. */
  isFromApp: boolean;
};

/**
 * Declares a type of event. Each field is also known by its name in camel case, as some releases send it; `renamed` says
 * what else it was called.
 */
export function defineEvent(
  name: string,
  fields: Fields,
  options: {
    version?: number;
    aliases?: string[];
    renamed?: Record<string, string>;
    nestedFields?: Fields;
    isFromApp?: boolean;
  } = {},
): EventType {
  const { version = 1, aliases = [], renamed = {}, nestedFields = fields, isFromApp = true } = options;
  const names = [...new Set([...Object.keys(fields), ...Object.keys(nestedFields)])];
  const inCamelCase = names.flatMap((field) => (field.includes('_') ? [[camelCaseOf(field), field] as const] : []));
  return {
    name,
    version,
    aliases,
    renamed: new Map([...inCamelCase, ...Object.entries(renamed)]),
    flat: z.object(fields),
    nested: z.object(nestedFields),
    isFromApp,
  };
}

export function camelCaseOf(name: string): string {
  return name.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}
