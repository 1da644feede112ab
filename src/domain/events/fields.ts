import { z } from 'zod';
import { readTimestamp } from './timestamp.ts';

/** What the fields of events are made of. */
export const text = z.string('must be text');
export const flag = z.boolean('must be true or false');
export const count = z.int('must be a whole number').min(0, 'must not be negative');
export const fromOne = z.int('must be a whole number').min(1, 'must be 1 or more');
export const price = z.number('must be a number').min(0, 'must not be negative');
export const texts = z.array(text, 'must be a list of texts').default([]);
export const textOf = (length: number) => text.length(length, `must have ${length} characters`);
export const numberUpTo = (max: number, min = 0) =>
  z
    .int(`must be a whole number from ${min} to ${max}`)
    .min(min, `must be ${min} to ${max}`)
    .max(max, `must be ${min} to ${max}`);
export const oneOf = <const Values extends readonly [string, ...string[]]>(...values: Values) =>
  z.enum(values, `must be ${values.map((value) => `"${value}"`).join(' or ')}`);
export const moment = text.refine(
  (value) => readTimestamp(value) !== null,
  'must be a moment like 2026-11-21T12:00:00Z',
);
/** Any value, but one. */
export const anything = z.unknown().refine((value) => value !== undefined, 'is missing');
export const maybeAnything = z.unknown().optional();

export const gameMode = oneOf('endless', 'story');
export const hearts = numberUpTo(10);
export const currency = oneOf('coins', 'gems');
