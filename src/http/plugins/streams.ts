import type { IncomingMessage } from 'node:http';
import type { Plugin } from 'graphql-yoga';
import type { Context } from '../../context.ts';
import { badInput } from '../../domain/errors.ts';
import { rootFieldsOf } from '../rootFields.ts';
import type { StreamCounter } from '../streamCounter.ts';

/**
 * Lets a subscription begin only when there is room for its stream, and ends the stream with the viewer's token, session
 * or account. A stream is counted until its response is closed, which happens however it ends: by the client, by an
 * error before the first event, or by the server. Every subscription is held to it, whatever its resolver does.
 */
export function useStreams(options: {
  counter: StreamCounter;
  clientAddress: (request: IncomingMessage) => string;
}): Plugin<Context & { req: IncomingMessage }> {
  const { counter, clientAddress } = options;
  return {
    onSubscribe({ args }) {
      if (rootFieldsOf(args)?.fields.length === 0) {
        throw badInput('Nothing is subscribed to: @skip or @include leaves the field of the subscription out.');
      }
      const { viewer, sessions, onClosed, req } = args.contextValue;
      onClosed(counter.open(viewer, clientAddress(req)));
      return {
        onSubscribeResult({ result }) {
          if (!viewer || !(Symbol.asyncIterator in result)) return;
          onClosed(sessions.onEnd(viewer, () => void result.return?.().catch(() => {})));
        },
      };
    },
  };
}
