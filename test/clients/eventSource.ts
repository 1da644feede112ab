import { EventSource } from 'eventsource';
import { boardsMovesSubscription, forServer } from './boards.ts';
import { type Live, listening, type TopOfBoard } from './live.ts';

/** A browser's EventSource, used as the documents say: what it is refused, and what ends, is asked again. */
function watch(url: string, heard: (result: { data?: unknown }) => void) {
  let source: EventSource;
  let timer: ReturnType<typeof setTimeout>;
  const open = () => {
    source = new EventSource(url);
    source.addEventListener('next', ({ data }) => heard(JSON.parse(data)));
    source.addEventListener('complete', () => source.close());
    source.addEventListener('error', () => {
      if (source.readyState === EventSource.CLOSED) timer = setTimeout(open, 5_000 + Math.random() * 5_000);
    });
  };
  open();
  return () => {
    clearTimeout(timer);
    source.close();
  };
}

/** It comes back by itself, and says which event it had last. */
export function liveWithEventSource(url: string, variables: TopOfBoard): Live {
  const { sink, live } = listening<{ data?: unknown }>(({ data }) => data);
  const query = forServer(boardsMovesSubscription);
  const parameters = new URLSearchParams({ query, variables: JSON.stringify(variables) });
  return live(watch(`${url}/graphql?${parameters.toString()}`, sink.next));
}
