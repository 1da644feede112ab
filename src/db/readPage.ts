import { type SQL, sql } from 'drizzle-orm';
import type { Page, PageKey, PageQuery } from '../domain/page.ts';
import type { Queryable } from './open.ts';

/** A list of rows in one order. */
export type List<Key> = {
  columns: SQL;
  /** `table t where …`; conditions are added with `and`. */
  from: SQL;
  /** What it is ordered by, the last of them unique. */
  keys: SQL[];
  isDescending: boolean;
  /** A key as a value that `keys` are compared with. */
  valueOf(key: Key): SQL;
};

/** A list by moment and id, the latest first. */
export function latestFirst({ columns, from, keys }: Pick<List<PageKey>, 'columns' | 'from' | 'keys'>): List<PageKey> {
  const valueOf = ({ at, id }: PageKey) => sql`(${at.toISOString()}::timestamptz, ${id}::uuid)`;
  return { columns, from, keys, isDescending: true, valueOf };
}

type PageRow = { pageRow: number | null; isOtherSide: boolean; isOtherSideOfKey: boolean };

/** One page of a list in one statement, and so in one snapshot. */
export async function readPage<Row, Key>(
  database: Queryable,
  { columns, from, keys, isDescending, valueOf }: List<Key>,
  { side, key, limit }: PageQuery<Key>,
): Promise<Page<Row>> {
  const isDown = isDescending === (side === 'after');
  const order = sql.join(
    keys.map((column) => (isDown ? sql`${column} desc` : column)),
    sql`, `,
  );
  const compared = (operator: string) =>
    key === null ? sql`` : sql`and (${sql.join(keys, sql`, `)}) ${sql.raw(operator)} ${valueOf(key)}`;
  const exists = (operator: string) =>
    key === null ? sql`false` : sql`exists (select 1 from ${from} ${compared(operator)})`;
  const found = await database.rows<PageRow & Row>(sql`
    with page as materialized (
      select ${columns}, row_number() over (order by ${order}) as "pageRow"
      from ${from} ${compared(isDown ? '<' : '>')} order by ${order} limit ${limit + 1}::int
    )
    select other.*, page.* from (
      select ${exists(isDown ? '>=' : '<=')} as "isOtherSide", ${exists(isDown ? '>' : '<')} as "isOtherSideOfKey"
    ) other left join page on true
    order by page."pageRow"`);
  const rows = found.filter(({ pageRow }) => pageRow !== null).slice(0, limit);
  const goesOn = found.length > limit;
  // Behind a page without rows lies what the same cursor leads to on its other side, which is not its own row.
  const turnsBack = (rows.length > 0 ? found[0]?.isOtherSide : found[0]?.isOtherSideOfKey) === true;
  const inOrder = rows.map(({ pageRow: _row, isOtherSide: _side, isOtherSideOfKey: _key, ...row }) => row as Row);
  return side === 'after'
    ? { rows: inOrder, hasNextPage: goesOn, hasPreviousPage: turnsBack }
    : { rows: inOrder.toReversed(), hasNextPage: turnsBack, hasPreviousPage: goesOn };
}
