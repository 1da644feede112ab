import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createSchema, createYoga } from 'graphql-yoga';
import { listen } from './listen.ts';

/** A yardstick: Yoga as it comes, with the types of schema.graphql, answering the top of a board from memory. */
const edges = Array.from({ length: 10 }, (_, index) => ({
  node: { rank: index + 1, score: 100_000 - index, player: { nickname: `Player ${index}` } },
}));
const schema = createSchema({
  typeDefs: readFileSync(new URL('../../schema.graphql', import.meta.url), 'utf8'),
  resolvers: {
    Query: { leaderboard: () => ({ name: 'memory' }) },
    Leaderboard: { standings: (_board, { first }: { first: number }) => ({ edges: edges.slice(0, first) }) },
  },
});
const yoga = createYoga({ schema, logging: false });
listen(createServer((request, response) => void yoga(request, response)));
