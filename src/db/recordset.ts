import { type SQL, sql } from 'drizzle-orm';

/**
 * Rows as one JSON parameter, read as table `x`, or another name, with these columns and SQL types. One statement text whatever the number
 * of rows, so its plan is kept; and the same on both drivers, which disagree on arrays.
 */
export function recordset<Column extends string>(
  columns: Record<Column, string>,
  rows: Record<NoInfer<Column>, unknown>[],
  table: 'g' | 'x' = 'x',
): SQL {
  const types = Object.entries<string>(columns).map(([name, type]) => `"${name}" ${type}`);
  return sql`json_to_recordset(${JSON.stringify(rows)}::text::json) as ${sql.raw(table)}(${sql.raw(types.join(', '))})`;
}

/** `any` of these ids, for the right side of `=`. */
export function idsIn(ids: Iterable<string>): SQL;
export function idsIn(ids: Iterable<number>, type: 'int8'): SQL;
export function idsIn(ids: Iterable<number | string>, type: 'int8' | 'uuid' = 'uuid'): SQL {
  return sql`any(array(select x.id from ${recordset(
    { id: type },
    Array.from(new Set(ids), (id) => ({ id })),
  )}))`;
}
