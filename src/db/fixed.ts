import { is, Placeholder, type SQL, sql } from 'drizzle-orm';
import { PgDialect } from 'drizzle-orm/pg-core';

/** A statement as the driver takes it: its text, and the values of `$1`, `$2`… in their order. */
export type Statement = { text: string; params: unknown[] };

const dialect = new PgDialect();

export function statementOf(query: SQL): Statement {
  const { sql: text, params } = dialect.sqlToQuery(query);
  return { text, params };
}

/** Where a fixed statement takes a value. */
export const given = (name: string): Placeholder => sql.placeholder(name);

/**
 * A statement that is always the same but for what is `given`. Its text is put together once: doing so takes longer than
 * PostgreSQL takes over a small statement.
 */
export function fixed<Name extends string>(query: SQL): (values: Record<Name, unknown>) => Statement {
  let known: Statement | null = null;
  return (values) => {
    known ??= statementOf(query);
    const params = known.params.map((param) => (is(param, Placeholder) ? values[param.name as Name] : param));
    return { text: known.text, params };
  };
}
