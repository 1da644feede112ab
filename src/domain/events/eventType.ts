import { z } from 'zod';

type Fields = Record<string, z.ZodType>;
type Payload = Record<string, unknown>;

/** The fields of a payload with what is there by default, or which of them is wrong and why. */
export type FieldCheck = (payload: Payload) => { fields: Payload } | { path: string; reason: string };

/** A kind of event: what it is called, was called, and carries. */
export type EventType = {
  name: string;
  /** Grows when the meaning of its fields changes. Stored with each event. */
  version: number;
  /** Names that older releases of a game send it under. */
  aliases: readonly string[];
  /** The name of a field by the name that it is sent under. */
  renamed: ReadonlyMap<string, string>;
  /** Checks the fields beside the base of an event, when they lie in its root. */
  flat: FieldCheck;
  /** Checks them when they lie in `data`, from games that know the type by fewer. */
  nested: FieldCheck;
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
  return {
    name,
    version,
    aliases,
    renamed: new Map([
      ...camelCaseNames([...Object.keys(fields), ...Object.keys(nestedFields)]),
      ...Object.entries(renamed),
    ]),
    flat: checkOf(z.object(fields)),
    nested: checkOf(z.object(nestedFields)),
    isFromApp,
  };
}

/** Fields by their names in camel case, where those differ. */
export function camelCaseNames(fields: string[]): [camelCase: string, field: string][] {
  return fields.filter((field) => field.includes('_')).map((field) => [camelCaseOf(field), field]);
}

function camelCaseOf(name: string): string {
  return name.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}

function checkOf(schema: z.ZodObject): FieldCheck {
  return (payload) => {
    const parsed = schema.safeParse(payload);
    return parsed.success ? { fields: parsed.data } : flawOf(parsed.error, payload);
  };
}

/** The first of the flaws. Fields that are left out are said to be missing. */
export function flawOf({ issues: [issue] }: z.ZodError, read: Payload): { path: string; reason: string } {
  const reason = issue?.message ?? 'is not valid';
  const isMissing = read[String(issue?.path[0] ?? '')] === undefined && reason.startsWith('must');
  return { path: issue?.path.join('.') ?? '', reason: isMissing ? `is missing; it ${reason}` : reason };
}
