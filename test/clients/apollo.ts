import { ApolloClient, ApolloLink, gql, HttpLink, InMemoryCache, Observable } from '@apollo/client';
import { relayStylePagination } from '@apollo/client/utilities';
import { OperationTypeNode, print } from 'graphql';
import { type Client, type ClientOptions, createClient } from 'graphql-sse';
import { forServer } from './boards.ts';
import { type Live, listening, type Shown, type TopOfBoard } from './live.ts';

/** As graphql-sse documents it for Apollo Client. */
class SSELink extends ApolloLink {
  readonly #client: Client;

  constructor(options: ClientOptions) {
    super();
    this.#client = createClient(options);
  }

  override request({ operationName, query, variables, extensions }: ApolloLink.Operation) {
    return new Observable<ApolloLink.Result>((sink) =>
      this.#client.subscribe(
        { operationName, query: print(query), variables, extensions },
        {
          next: (result) => sink.next(result as ApolloLink.Result),
          error: sink.error.bind(sink),
          complete: sink.complete.bind(sink),
        },
      ),
    );
  }
}

// Which list a page belongs to: all arguments but those that say which part of the list it is.
export const KEY_ARGUMENTS = ['cadence', 'at', 'fromRank', 'around', 'players'];
const standings = relayStylePagination(KEY_ARGUMENTS);
const typePolicies = { Leaderboard: { fields: { standings } } };

export function createApollo(url: string, fetchFn: typeof fetch = fetch): ApolloClient {
  return new ApolloClient({
    link: ApolloLink.split(
      ({ operationType }) => operationType === OperationTypeNode.SUBSCRIPTION,
      new SSELink({ url: `${url}/graphql`, fetchFn }),
      new HttpLink({ uri: `${url}/graphql`, fetch: fetchFn }),
    ),
    cache: new InMemoryCache({ typePolicies }),
  });
}

export function liveWithApollo(client: ApolloClient, document: string, variables: TopOfBoard): Live {
  const { sink, live } = listening<ApolloClient.SubscribeResult>(({ data }) => data);
  const subscription = client.subscribe({ query: gql(forServer(document)), variables }).subscribe(sink);
  return live(() => subscription.unsubscribe());
}

export function showWithApollo(client: ApolloClient, document: string, variables: Record<string, unknown>): Shown {
  let shown: unknown;
  const subscription = client.watchQuery({ query: gql(forServer(document)), variables }).subscribe(({ data }) => {
    shown = data;
  });
  return { data: () => shown, leave: () => subscription.unsubscribe() };
}
