import { type SQL, sql } from 'drizzle-orm';

/**
 * Rows as one JSON parameter, read as table `x` with these columns and SQL types. One statement text whatever the number
 * of rows, so its plan is kept; and the same on both drivers, which disagree on arrays.
 */
export function recordset<Column extends string>(
  columns: Record<Column, string>,
  rows: Record<NoInfer<Column>, unknown>[],
): SQL {
  const types = Object.entries<string>(columns).map(([name, type]) => `"${name}" ${type}`);
  return sql`json_to_recordset(${JSON.stringify(rows)}::text::json) as x(${sql.raw(types.join(', '))})`;
}

/** `any` of these ids, for the right side of `=`. */
export function idsIn(ids: string[]): SQL {
  return sql`any(array(select x.id from ${recordset(
    { id: 'uuid' },
    ids.map((id) => ({ id })),
  )}))`;
}
