import { ApolloClient, ApolloLink, gql, HttpLink, InMemoryCache, Observable } from '@apollo/client';
import { relayStylePagination } from '@apollo/client/utilities';
import { OperationTypeNode, print } from 'graphql';
import { type Client, type ClientOptions, createClient } from 'graphql-sse';
import { boardsLiveSubscription, forServer } from './boards.ts';
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

/** Pages of one board, cadence and place are one list; the order of rows and pages is the cursors'. */
const standings = relayStylePagination(['cadence', 'at', 'fromRank', 'around', 'players']);

export function createApollo(url: string, fetchFn: typeof fetch = fetch): ApolloClient {
  return new ApolloClient({
    link: ApolloLink.split(
      ({ operationType }) => operationType === OperationTypeNode.SUBSCRIPTION,
      new SSELink({ url: `${url}/graphql`, fetchFn }),
      new HttpLink({ uri: `${url}/graphql`, fetch: fetchFn }),
    ),
    cache: new InMemoryCache({ typePolicies: { Leaderboard: { fields: { standings } } } }),
  });
}

export function liveWithApollo(client: ApolloClient, variables: TopOfBoard): Live {
  const { sink, live } = listening<ApolloClient.SubscribeResult>(({ data }) => data);
  const subscription = client.subscribe({ query: gql(forServer(boardsLiveSubscription)), variables }).subscribe(sink);
  return live(() => subscription.unsubscribe());
}

export function showWithApollo(client: ApolloClient, document: string, variables: Record<string, unknown>): Shown {
  let shown: unknown;
  const subscription = client.watchQuery({ query: gql(forServer(document)), variables }).subscribe(({ data }) => {
    shown = data;
  });
  return { data: () => shown, leave: () => subscription.unsubscribe() };
}
