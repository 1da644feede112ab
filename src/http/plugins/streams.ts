import { createSourceEventStream, type ExecutionArgs } from 'graphql';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FetchAPI, Plugin } from 'graphql-yoga';
import type { Stream } from '../../async/stream.ts';
import type { Context } from '../../context.ts';
import { badInput } from '../../domain/errors.ts';
import { askerOf } from '../contextOf.ts';
import { EVENT_STREAM } from '../mediaTypes.ts';
import { rootFieldsOf } from '../rootFields.ts';
import type { StreamCounter } from '../streamCounter.ts';
import { type EventStream, sendEvents, STREAM_HEADERS } from '../streams/eventStream.ts';
import { createHeartbeats } from '../streams/heartbeats.ts';
import type { SharedEvents } from '../streams/sharedEvents.ts';

type NodeContext = { req: IncomingMessage; res: ServerResponse; request: Request };

/**
 * Lets a subscription begin only when there is room for its stream, and ends the stream with the viewer's token, session
 * or account. A stream is counted until its response is closed, which happens however it ends: by the client, by an
 * error before the first event, or by the server. Every subscription is held to it, whatever its resolver does.
 *
 * Only what ends with its viewer is over. Other streams are cut off, by the stop of the process or because their client
 * does not read them, and their clients come back.
 *
 * Yoga opens a stream and is not needed after: what it holds for a request is let go, and events go from the feed to the
 * response of Node.
 */
export function useStreams(options: {
  counter: StreamCounter;
  clientAddress: (request: IncomingMessage) => string;
  sharedEvents: SharedEvents;
  /** Hears of what should not happen. */
  failed: (error: unknown) => void;
}): Plugin<Context & NodeContext> {
  const { counter, clientAddress, sharedEvents, failed } = options;
  const opened = new WeakMap<Request, EventStream>();
  const heartbeats = createHeartbeats();

  const open = (args: ExecutionArgs, source: AsyncIterable<unknown>): EventStream => {
    const { viewer, sessions, onClosed, requestId, res } = args.contextValue as Context & NodeContext;
    const subscription = sharedEvents.join(args);
    const events = streamOf(source);
    const asker = askerOf(res, { viewer, requestId });
    const bytesOf = (event: unknown) => subscription.bytesOf(event, asker);
    const stream: EventStream = { response: res, events, bytesOf, isOver: false };
    const end = () => void events.return?.();
    onClosed(() => {
      subscription.leave();
      heartbeats.remove(res);
      end();
    });
    if (viewer) {
      const endForGood = () => {
        stream.isOver = true;
        end();
      };
      onClosed(sessions.onEnd(viewer, endForGood));
    }
    return stream;
  };

  return {
    onSubscribe({ args, setSubscribeFn }) {
      if (rootFieldsOf(args)?.fields.length === 0) {
        throw badInput('Nothing is subscribed to: @skip or @include leaves the field of the subscription out.');
      }
      const { viewer, onClosed, req, request } = args.contextValue;
      onClosed(counter.open(viewer, clientAddress(req)));
      setSubscribeFn(async (run: ExecutionArgs) => {
        const source = await createSourceEventStream(run);
        if (Symbol.asyncIterator in source) opened.set(request, open(run, source));
        return source;
      });
    },
    onResultProcess({ result, setResultProcessor }) {
      if (!(Symbol.asyncIterator in result)) return;
      const head = (_results: unknown, fetchAPI: FetchAPI) =>
        new fetchAPI.Response(null, { status: 200, headers: STREAM_HEADERS });
      setResultProcessor(head, EVENT_STREAM);
    },
    onResponse({ request, response }) {
      const stream = opened.get(request);
      if (!stream || stream.response.destroyed) return;
      for (const [name, value] of response.headers) stream.response.setHeader(name, value);
      heartbeats.add(stream.response);
      sendEvents(stream, failed);
      // Never: Yoga would end the response, and as nobody can tell it anything any more, it is collected with all it holds.
      return new Promise<void>(() => {});
    },
  };
}

/** Subscriptions return a `Stream`, not wrapped in anything: see `createStream`. */
function streamOf(source: AsyncIterable<unknown>): Stream<unknown> {
  if (!('pull' in source)) throw new Error('a subscription returned something else than a stream');
  return source as Stream<unknown>;
}
