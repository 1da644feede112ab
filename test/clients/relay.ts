import { createClient } from 'graphql-sse';
import {
  createOperationDescriptor,
  Environment,
  type FetchFunction,
  fetchQuery,
  type GraphQLResponse,
  Network,
  Observable,
  RecordSource,
  requestSubscription,
  type Snapshot,
  Store,
  type Variables,
} from 'relay-runtime';
import boardsRowRequest from '../generated/relay/boardsRowQuery.graphql.ts';
import boardsTopRequest from '../generated/relay/boardsTopQuery.graphql.ts';
import boardsLiveRequest from '../generated/relay/boardsLiveSubscription.graphql.ts';
import boardsMovesRequest from '../generated/relay/boardsMovesSubscription.graphql.ts';
import { type Live, listening, type Shown, type TopOfBoard } from './live.ts';

const REQUESTS = [boardsTopRequest, boardsRowRequest, boardsLiveRequest, boardsMovesRequest];

/** As graphql-sse documents it for Relay. */
export function createRelay(url: string, fetchFn: typeof fetch = fetch): Environment {
  const sse = createClient({ url: `${url}/graphql`, fetchFn });
  const fetchOnce: FetchFunction = async ({ text: query }, variables) => {
    const response = await fetchFn(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
    });
    return (await response.json()) as GraphQLResponse;
  };
  const network = Network.create(fetchOnce, ({ name, text }, variables) =>
    Observable.create((sink) =>
      sse.subscribe(
        { operationName: name, query: text ?? '', variables },
        { ...sink, next: (result) => sink.next(result as GraphQLResponse) },
      ),
    ),
  );
  return new Environment({ network, store: new Store(new RecordSource()) });
}

export function liveWithRelay(environment: Environment, document: string, variables: TopOfBoard): Live {
  const { sink, live } = listening<unknown>((data) => data);
  const { dispose } = requestSubscription(environment, {
    subscription: requestOf(document),
    variables,
    onNext: sink.next,
    onError: sink.error,
    onCompleted: sink.complete,
  });
  return live(dispose);
}

export function showWithRelay(environment: Environment, document: string, variables: Variables): Shown {
  const request = requestOf(document);
  const operation = createOperationDescriptor(request, variables);
  const { dispose } = environment.retain(operation);
  let shown: unknown;
  const show = ({ data, isMissingData }: Snapshot) => {
    shown = isMissingData ? null : data;
  };
  environment.subscribe(environment.lookup(operation.fragment), show);
  fetchQuery(environment, request, variables).subscribe({});
  return { data: () => shown, leave: dispose };
}

/** What Relay's compiler has made of the document. */
function requestOf(document: string) {
  const request = REQUESTS.find(({ params }) => document.includes(` ${params.name}(`));
  if (!request) throw new Error(`not compiled: ${document}`);
  return request;
}
