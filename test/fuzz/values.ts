import * as fc from 'fast-check';
import {
  getNamedType,
  type GraphQLInputType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredInputField,
} from 'graphql';
import type { Pool } from './pool.ts';

/** Draws from an arbitrary, so that fast-check can make a finding smaller. */
export type Draw = fc.GeneratorValue;

/** A value as it stands in a document and as JSON in variables. */
export type Written = { literal: string; json: unknown };

const NUL = String.fromCodePoint(0);
const ODD_TEXTS = [
  '',
  ' ',
  'a',
  'then',
  '__proto__',
  'constructor',
  'null',
  '-1',
  '1e400',
  NUL,
  `a${NUL}b`,
  '\uD800',
  'a\nb',
  '\u202Eabc',
  '\u3164',
  '😀'.repeat(20),
  'é'.repeat(70),
  'x'.repeat(300),
  "'; select pg_sleep(3); --",
  '%00',
  '${7*7}',
  '\\',
  '"',
  'A'.repeat(44),
  'TGVhZGVyYm9hcmQ6MQ==',
];
const WHOLE = [0, 1, 2, 3, 5, 10, 20, 100, 101, -1, 150, 1_000, 86_400, 2_147_483_647, -2_147_483_648];
const LARGE = [...WHOLE, 9_007_199_254_740_991, -9_007_199_254_740_991, 4_294_967_296];
const FRACTIONS = [0, 50, 12.5, 100, 100.000_1, -0.1, 1e308, 5e-324];
const MOMENTS = [
  '2026-11-21T12:00:00.000Z',
  '2026-11-21T12:00:00+14:00',
  '1970-01-01T00:00:00Z',
  '0000-01-01T00:00:00Z',
  '0001-01-01T00:00:00Z',
  '9999-12-31T23:59:59.999Z',
  '2026-02-30T00:00:00Z',
  '2024-02-29T23:59:60Z',
  'yesterday',
];
const JSONS: unknown[] = [
  null,
  0,
  'x',
  [],
  JSON.parse('{"then":0}'),
  { a: { b: [1, 2, { c: null }] } },
  { a: 'x'.repeat(5_000) },
  [[[[[[[[[[]]]]]]]]]],
];
/** Text that a field of this name takes. */
const PLAUSIBLE: Record<string, string[]> = {
  cron: ['0 18 * * *', '0 0 * * 1', '*/5 * * * *', '0 0 31 2 *', '* * * * * *'],
  deviceId: ['device-0123456789abcdef', 'device-fedcba9876543210'],
  idempotencyKey: ['one', 'two', 'three'],
  name: ['Cup', 'Weekly', 'Evening'],
  nickname: ['Ada', 'Bea'],
  timeZone: ['UTC', 'Europe/Berlin', 'America/Sao_Paulo', 'Mars/Base'],
  url: ['https://hooks.example/laurel', 'http://127.0.0.1:1/', 'ftp://x'],
};

const written = (json: unknown): Written => ({ literal: literalOf(json), json });

/** By index, which becomes smaller: what is simple comes first. */
export function draw<T>(g: Draw, values: readonly T[]): T {
  return values[g(fc.integer, { min: 0, max: values.length - 1 })] as T;
}

export const chance = (g: Draw, percent: number): boolean => g(fc.integer, { min: 0, max: 99 }) < percent;

/** A value for an argument or an input field: mostly one that fits, sometimes one that does not. */
export function valueOf(g: Draw, { name, type, pool }: { name: string; type: GraphQLInputType; pool: Pool }): Written {
  if (chance(g, 1)) return draw(g, [written(null), written('x'), written(7), written({}), written([])]);
  if (isNonNullType(type)) return valueOf(g, { name, type: type.ofType, pool });
  if (chance(g, 2)) return written(null);
  if (isListType(type)) {
    const count = chance(g, 2) ? 101 : g(fc.integer, { min: 0, max: 3 });
    const one = valueOf(g, { name, type: type.ofType, pool });
    const others = Array.from({ length: Math.min(3, count) }, () => valueOf(g, { name, type: type.ofType, pool }));
    const items = count > 3 ? Array.from({ length: count }, () => one) : others;
    return { literal: `[${items.map(({ literal }) => literal).join(', ')}]`, json: items.map(({ json }) => json) };
  }
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields()).filter((field) =>
      isRequiredInputField(field) ? !chance(g, 2) : chance(g, 40),
    );
    const values = fields.map((field) => [field.name, valueOf(g, { ...field, pool })] as const);
    return {
      literal: `{${values.map(([key, { literal }]) => `${key}: ${literal}`).join(', ')}}`,
      json: Object.fromEntries(values.map(([key, { json }]) => [key, json])),
    };
  }
  if (isEnumType(type)) {
    const value = chance(g, 3) ? 'NOWHERE' : draw(g, type.getValues()).name;
    return { literal: value, json: value };
  }
  return scalarOf(g, { name, type: getNamedType(type).name, pool });
}

function scalarOf(g: Draw, { name, type, pool }: { name: string; type: string; pool: Pool }): Written {
  switch (type) {
    case 'Boolean':
      return written(draw(g, [true, false]));
    case 'Int':
      return written(draw(g, WHOLE));
    case 'SafeInt':
      if (chance(g, 5)) return { literal: draw(g, ['9007199254740993', '1e400', '-0', '1.0']), json: '12' };
      return written(draw(g, LARGE));
    case 'Float':
      return written(draw(g, FRACTIONS));
    case 'DateTime':
      return written(chance(g, 30) ? new Date(Date.now() + 3_600_000).toISOString() : draw(g, MOMENTS));
    case 'JSON':
      return written(chance(g, 30) ? g(fc.jsonValue) : draw(g, JSONS));
    case 'ID':
      return written(chance(g, 90) && pool.ids.length > 0 ? draw(g, pool.ids) : oddText(g));
    default:
      return written(textFor(g, name, pool));
  }
}

function textFor(g: Draw, name: string, pool: Pool): string {
  if (chance(g, 15)) return oddText(g);
  const known: Record<string, string[]> = {
    ...PLAUSIBLE,
    after: pool.cursors,
    before: pool.cursors,
    game: pool.games,
    leaderboard: pool.boards,
    slug: pool.boards,
  };
  const [first, ...others] = known[name] ?? [];
  return first === undefined ? oddText(g) : draw(g, [first, ...others]);
}

function oddText(g: Draw): string {
  return chance(g, 60) ? draw(g, ODD_TEXTS) : g(fc.string, { unit: 'binary', maxLength: 40 });
}

/** As GraphQL writes it. JSON's escapes are GraphQL's. Keys that are no names can only stand in variables. */
function literalOf(json: unknown): string {
  if (Array.isArray(json)) return `[${json.map(literalOf).join(', ')}]`;
  if (typeof json !== 'object' || json === null) return JSON.stringify(json);
  const fields = Object.entries(json).filter(([key]) => /^[A-Za-z_]\w*$/.test(key));
  return `{${fields.map(([key, value]) => `${key}: ${literalOf(value)}`).join(', ')}}`;
}
