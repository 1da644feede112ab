import * as fc from 'fast-check';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { arrayOf, jsonLines, textArray } from '../../src/db/arrays.ts';
import { type Database, openDatabase } from '../../src/db/open.ts';
import { cloneDatabase } from '../setup/database.ts';

let database: Database;
beforeAll(async () => {
  database = await openDatabase({ databaseUrl: await cloneDatabase(), poolSize: 1 });
});
afterAll(() => database.close());

/** What PostgreSQL makes of a list, in order. */
async function readBack(list: ReturnType<typeof sql>): Promise<unknown[]> {
  const rows = await database.rows<{ value: unknown }>(
    sql`select value from unnest(${list}) with ordinality as x(value, n) order by n`,
  );
  return rows.map(({ value }) => value);
}

const text = fc.string({ unit: 'grapheme' }).filter((value) => !value.includes('\0') && value.isWellFormed());
const awkward = fc.constantFrom('', 'NULL', 'null', '"', '\\', '{a,b}', ' x ', 'a,b', '\n', '\\n', "'", '\u0001');

test('texts of any kind come through an array as they are', async () => {
  const texts = fc.array(fc.oneof(text, awkward, fc.constant(null)));
  await fc.assert(
    fc.asyncProperty(texts, async (values) => {
      expect(await readBack(sql`${textArray(values)}::text[]`)).toEqual(values);
    }),
  );
});

test('JSON values come through lines as they are, and null becomes NULL', async () => {
  const json = fc.oneof(
    fc.jsonValue({ stringUnit: text }).filter((value) => !/\\u0000|\\ud[89a-f]/i.test(JSON.stringify(value))),
    awkward,
    fc.constantFrom(null, undefined),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(json), async (values) => {
      const expected = values.map((value) => JSON.parse(JSON.stringify(value ?? null)) as unknown);
      const read = await readBack(sql`string_to_array(${jsonLines(values)}::text, e'\n', 'null')::jsonb[]`);
      expect(read).toEqual(expected);
    }),
  );
});

test('numbers, moments and gaps come through an array as they are', async () => {
  const numbers = [0, -1, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER, null];
  expect(await readBack(sql`${arrayOf(numbers)}::int8[]`)).toEqual(numbers);
  const moments = [new Date(0), new Date('2026-11-21T10:00:00.123Z'), null];
  expect(await readBack(sql`${arrayOf(moments)}::timestamptz[]`)).toEqual(moments);
  expect(await readBack(sql`${arrayOf([])}::uuid[]`)).toEqual([]);
});
