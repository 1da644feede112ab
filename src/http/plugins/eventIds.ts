import type { Plugin } from 'graphql-yoga';
import type { Context } from '../../context.ts';

/**
 * Writes the `id:` line of the events that have an id, so that a browser's EventSource sends it back as `Last-Event-ID`.
 * Yoga frames an event as `event: next`, `data: …` and a blank line; the id goes behind the data, since fields may stand
 * in any order (https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation).
 */
export function useEventIds(): Plugin<Context> {
  return {
    onSubscribe({ args }) {
      const ids = args.contextValue.streamIds;
      return {
        onSubscribeResult: () => ({
          onNext({ result, setResult }) {
            const id = ids.next;
            ids.next = null;
            // A client that was told an error does not have the state, and should come back for it.
            if (id === null || result.errors) return;
            const stringify = (body: typeof result) => `${JSON.stringify(body)}\nid: ${id}`;
            const identified = { ...result, stringify };
            setResult(identified);
          },
        }),
      };
    },
  };
}
