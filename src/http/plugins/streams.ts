import type { IncomingMessage } from 'node:http';
import type { FetchAPI, Plugin } from 'graphql-yoga';
import type { Context } from '../../context.ts';
import { badInput } from '../../domain/errors.ts';
import { eventStream, type Results } from '../eventStream.ts';
import { EVENT_STREAM } from '../mediaTypes.ts';
import { rootFieldsOf } from '../rootFields.ts';
import type { StreamCounter } from '../streamCounter.ts';

/**
 * Lets a subscription begin only when there is room for its stream, and ends the stream with the viewer's token, session
 * or account. A stream is counted until its response is closed, which happens however it ends: by the client, by an
 * error before the first event, or by the server. Every subscription is held to it, whatever its resolver does.
 *
 * Only what ends with its viewer is over. Other streams are cut off, by the stop of the process or because their client
 * does not read them, and their clients come back.
 */
export function useStreams(options: {
  counter: StreamCounter;
  clientAddress: (request: IncomingMessage) => string;
}): Plugin<Context & { req: IncomingMessage; request: Request }> {
  const { counter, clientAddress } = options;
  const over = new WeakSet<Request>();
  return {
    onSubscribe({ args }) {
      if (rootFieldsOf(args)?.fields.length === 0) {
        throw badInput('Nothing is subscribed to: @skip or @include leaves the field of the subscription out.');
      }
      const { viewer, sessions, onClosed, req, request } = args.contextValue;
      onClosed(counter.open(viewer, clientAddress(req)));
      return {
        onSubscribeResult({ result }) {
          if (!viewer || !(Symbol.asyncIterator in result)) return;
          const end = () => {
            over.add(request);
            result.return?.().catch(() => {});
          };
          onClosed(sessions.onEnd(viewer, end));
        },
      };
    },
    onResultProcess({ request, result, setResultProcessor }) {
      if (!(Symbol.asyncIterator in result)) return;
      const write = (results: unknown, fetchAPI: FetchAPI) =>
        eventStream(results as Results, () => over.has(request), fetchAPI);
      setResultProcessor(write, EVENT_STREAM);
    },
  };
}
