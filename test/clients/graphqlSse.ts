import { createClient, type ExecutionResult } from 'graphql-sse';
import type { LeaderboardChangedSubscription } from '../generated/graphql.ts';
import { LeaderboardChanged } from '../setup/liveDocuments.ts';
import { type Live, listening, type TopOfBoard } from './live.ts';

/** Hands back what it was told last: the client writes the request anew each time that it connects. */
export function liveWithGraphqlSse(url: string, { game, slug, first: top }: TopOfBoard): Live {
  type Result = ExecutionResult<LeaderboardChangedSubscription>;
  const { sink, live } = listening<Result>(({ data }) => data);
  const variables: Record<string, unknown> = { game, slug, top };
  const next = (result: Result) => {
    variables['afterRevision'] = result.data?.leaderboardChanged.revision;
    sink.next(result);
  };
  const client = createClient({ url: `${url}/graphql`, retryAttempts: Infinity });
  return live(
    client.subscribe<LeaderboardChangedSubscription>(
      { query: LeaderboardChanged.toString(), variables },
      { ...sink, next },
    ),
  );
}
