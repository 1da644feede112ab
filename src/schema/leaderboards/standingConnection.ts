import type { StandingsPage } from '../../domain/leaderboards/standingsPage.ts';
import { formatCursor } from '../../resolvers/leaderboards/standingCursor.ts';
import { builder } from '../builder.ts';
import { standingRef } from './standing.ts';

/** What a `StandingConnection` resolves from. */
export function connectionOf(page: StandingsPage) {
  const edges = page.rows.map((node) => ({ cursor: formatCursor(node, page.horizon), node }));
  return {
    edges,
    totalCount: page.size,
    revision: page.revision,
    pageInfo: {
      hasNextPage: page.hasNextPage,
      hasPreviousPage: page.hasPreviousPage,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

export const standingConnectionRef = builder.connectionObject(
  {
    type: standingRef,
    name: 'StandingConnection',
    description: 'One page of a board. Rows, ranks, size and revision are from one snapshot.',
    edgesField: { description: 'The standings in their order, each with its cursor.' },
    fields: (t) => ({
      totalCount: t.int({
        description: 'How many players stand in the period.',
        resolve: (connection) => (connection as unknown as { totalCount: number }).totalCount,
      }),
      revision: t.field({
        type: 'SafeInt',
        description: 'Grows with every change of this board and period.',
        resolve: (connection) => (connection as unknown as { revision: number }).revision,
      }),
    }),
  },
  { name: 'StandingEdge', description: 'A standing and where it is in its list.' },
);
