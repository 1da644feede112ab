import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import { camelCaseNames, type EventType } from './eventType.ts';

/** A type of event that a game has declared for itself. Never changes. */
export type OwnEventType = {
  id: string;
  gameId: string;
  name: string;
  aliases: string[];
  /** JSON Schema (2020-12) of its fields. */
  schema: Record<string, unknown>;
  createdAt: Date;
};

/** The type as events are read by it. Throws an Error that says what is wrong with a schema that is none. */
export function compileEventType({
  name,
  aliases,
  schema,
}: Pick<OwnEventType, 'aliases' | 'name' | 'schema'>): EventType {
  // One for each, so that nothing in one schema can be meant by another.
  const validate = new Ajv2020({ logger: false, useDefaults: true }).compile(schema);
  const check: EventType['flat'] = (payload) => {
    const fields = structuredClone(payload);
    return validate(fields) ? { fields } : flawOf(validate.errors?.[0]);
  };
  const { properties } = schema as { properties?: Record<string, unknown> };
  return {
    name,
    version: 1,
    aliases,
    renamed: new Map(camelCaseNames(Object.keys(properties ?? {}))),
    flat: check,
    nested: check,
    isFromApp: false,
  };
}

function flawOf(error: ErrorObject | undefined): { path: string; reason: string } {
  const path = (error?.instancePath ?? '').split('/').slice(1);
  const missing = error?.keyword === 'required' ? String(error.params['missingProperty']) : null;
  if (missing !== null) return { path: [...path, missing].join('.'), reason: 'is missing' };
  return { path: path.join('.'), reason: error?.message ?? 'is not valid' };
}
