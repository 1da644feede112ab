type Connection<Node> = {
  edges: { node: Node }[];
  pageInfo: { hasNextPage: boolean; endCursor?: string | null };
};

/** The rows of all pages of a connection, from its first one on. */
export async function readPages<Node>(read: (after: string | null) => Promise<Connection<Node>>): Promise<Node[]> {
  const rows: Node[] = [];
  let after: string | null = null;
  for (;;) {
    const { edges, pageInfo }: Connection<Node> = await read(after);
    rows.push(...edges.map(({ node }) => node));
    if (!pageInfo.hasNextPage) return rows;
    after = pageInfo.endCursor ?? null;
  }
}
