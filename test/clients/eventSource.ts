import { EventSource } from 'eventsource';
import { boardsLiveSubscription, forServer } from './boards.ts';
import { type Live, listening, type TopOfBoard } from './live.ts';

/** A browser's EventSource: it comes back by itself, and says which event it had last. */
export function liveWithEventSource(url: string, variables: TopOfBoard): Live {
  const { sink, live } = listening<{ data?: unknown }>(({ data }) => data);
  const query = forServer(boardsLiveSubscription);
  const parameters = new URLSearchParams({ query, variables: JSON.stringify(variables) });
  const source = new EventSource(`${url}/graphql?${parameters.toString()}`);
  source.addEventListener('next', ({ data }) => sink.next(JSON.parse(String(data)) as { data?: unknown }));
  source.addEventListener('complete', sink.complete);
  // What it goes on after is no end.
  source.addEventListener('error', (error) => source.readyState === source.CLOSED && sink.error(error));
  return live(() => source.close());
}
