import type { Page } from '../domain/page.ts';
import { builder } from './builder.ts';
import { PAGE_SIZE } from './cost.ts';

/** A type of objects, with its fields or still without. */
type ObjectRef<Row> = ReturnType<ReturnType<typeof builder.objectRef<Row>>['implement']>;

/** The arguments of a page of these rows, for one field of many. */
export function pageArguments(rows: string) {
  return builder.args((t) => ({
    first: t.int({
      extensions: PAGE_SIZE,
      description: 'How many, 1 to 100, from the start or after `after`. 20 when left out.',
    }),
    after: t.string({ description: `A cursor: ${rows} after it.` }),
    last: t.int({ extensions: PAGE_SIZE, description: 'How many, 1 to 100, from the end or before `before`.' }),
    before: t.string({ description: `A cursor: ${rows} before it.` }),
  }));
}

type Words = { name: string; page: string; edges: string; row: string };

/** The types of a connection over rows of this type, and of its edges: `<name>Connection` and `<name>Edge`. */
export function listConnection<Row>(type: ObjectRef<Row>, { name, page, edges, row }: Words) {
  return builder.connectionObject(
    { type, name: `${name}Connection`, description: `One page of ${page}.`, edgesField: { description: edges } },
    { name: `${name}Edge`, description: `${row} and where it is in its list.` },
  );
}

/** What a connection over a `Page` resolves from. */
export function pageConnection<Row>({ rows, hasNextPage, hasPreviousPage }: Page<Row>, cursorOf: (row: Row) => string) {
  const edges = rows.map((node) => ({ cursor: cursorOf(node), node }));
  return {
    edges,
    pageInfo: {
      hasNextPage,
      hasPreviousPage,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}
