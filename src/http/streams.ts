import type { Plugin } from 'graphql-yoga';
import type { Context } from '../context.ts';

/** Ends each stream with the viewer's token, session or account, whatever its resolver does. The client hears `complete`. */
export function useStreams(): Plugin<Context> {
  return {
    onSubscribe({ args }) {
      const { viewer, sessions, onClosed } = args.contextValue;
      return {
        onSubscribeResult({ result }) {
          if (!viewer || !(Symbol.asyncIterator in result)) return;
          onClosed(sessions.onEnd(viewer, () => void result.return?.().catch(() => {})));
        },
      };
    },
  };
}
