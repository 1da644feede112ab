import type { ExecutionResult } from 'graphql';
import type { FetchAPI } from 'graphql-yoga';
import { EVENT_STREAM } from './mediaTypes.ts';
import { comeBack } from './returningStream.ts';

/** Proxies and clients take a connection that is silent for a minute for dead. */
const PING_MS = 12_000;
const PING = ':\n\n';
const COMPLETE = 'event: complete\ndata:\n\n';
export const STREAM_HEADERS = {
  'Content-Type': EVENT_STREAM,
  'Cache-Control': 'no-cache',
  Connection: 'keep-alive',
  'Content-Encoding': 'none',
  // nginx would keep events back until a buffer is full.
  'X-Accel-Buffering': 'no',
};

/** One with a `stringify` writes itself: see useEventIds. */
export type Results = AsyncIterable<ExecutionResult & { stringify?: (result: ExecutionResult) => string }>;

/**
 * Server-Sent Events in the distinct connections mode of the GraphQL over SSE protocol. A stream that `isOver` ends with
 * `complete`, after which clients do not come back. Any other one ends without it. At its beginning and its end a stream
 * says after how long its client should return, each another time.
 */
export function eventStream(results: Results, isOver: () => boolean, fetchAPI: FetchAPI): Response {
  const iterator = results[Symbol.asyncIterator]();
  const encoder = new TextEncoder();
  let timer: NodeJS.Timeout | undefined;
  const body = new fetchAPI.ReadableStream<Uint8Array>({
    start(controller) {
      // Also for the end that nobody announces. Some browsers wait for a first byte before they believe that the stream is open.
      controller.enqueue(encoder.encode(comeBack()));
      timer = setInterval(() => {
        if ((controller.desiredSize ?? 0) > 0) controller.enqueue(encoder.encode(PING));
      }, PING_MS);
    },
    async pull(controller) {
      try {
        const { value, done } = await iterator.next();
        if (value) controller.enqueue(encoder.encode(`event: next\ndata: ${textOf(value)}\n\n`));
        if (!done) return;
        clearInterval(timer);
        controller.enqueue(encoder.encode(isOver() ? COMPLETE : comeBack()));
        controller.close();
      } catch (error) {
        clearInterval(timer);
        controller.error(error);
      }
    },
    async cancel() {
      clearInterval(timer);
      await iterator.return?.();
    },
  });
  return new fetchAPI.Response(body, { status: 200, headers: STREAM_HEADERS });
}

function textOf(result: ExecutionResult & { stringify?: (result: ExecutionResult) => string }): string {
  const { stringify = JSON.stringify, ...told } = result;
  if (!told.errors) return stringify(told);
  // Statuses are for answers of their own.
  const errors = told.errors.map((error) => {
    const { extensions: { http: _, ...extensions } = {}, ...rest } = error.toJSON();
    return { ...rest, extensions };
  });
  return JSON.stringify({ ...told, errors });
}
