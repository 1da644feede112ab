import { Client, fetchExchange, subscriptionExchange } from '@urql/core';
import { cacheExchange } from '@urql/exchange-graphcache';
import { relayPagination } from '@urql/exchange-graphcache/extras';
import { createClient } from 'graphql-sse';
import { forServer } from './boards.ts';
import { type Live, listening, type Shown, type TopOfBoard } from './live.ts';

// What has no id belongs to what it is selected in.
const embedded = () => null;
const keys = { LeaderboardChange: embedded, RankMove: embedded };
const resolvers = { Leaderboard: { standings: relayPagination() } };

/** As graphql-sse documents it for urql, with the normalizing cache. */
export function createUrql(url: string, fetchFn: typeof fetch = fetch): Client {
  const sse = createClient({ url: `${url}/graphql`, fetchFn });
  return new Client({
    url: `${url}/graphql`,
    fetch: fetchFn,
    preferGetMethod: false,
    exchanges: [
      cacheExchange({ keys, resolvers }),
      fetchExchange,
      subscriptionExchange({
        forwardSubscription: ({ query = '', variables }) => ({
          subscribe: (sink) => ({
            unsubscribe: sse.subscribe(
              { query, variables: variables as Record<string, unknown> },
              { ...sink, next: (result) => sink.next(result as Parameters<typeof sink.next>[0]) },
            ),
          }),
        }),
      }),
    ],
  });
}

export function liveWithUrql(client: Client, document: string, variables: TopOfBoard): Live {
  const { sink, live } = listening<{ data?: unknown; error?: unknown }>(({ data, error }) => (error ? null : data));
  const { unsubscribe } = client.subscription(forServer(document), variables).subscribe(sink.next);
  return live(unsubscribe);
}

export function showWithUrql(client: Client, document: string, variables: Record<string, unknown>): Shown {
  let shown: unknown;
  const { unsubscribe } = client.query(forServer(document), variables).subscribe(({ data }) => {
    shown = data;
  });
  return { data: () => shown, leave: unsubscribe };
}
