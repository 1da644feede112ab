import type { Context } from '../context.ts';

/**
 * Ends a stream with its connection. Yoga does so too, but not for a client that left before its stream had begun: that
 * one would be watched for ever.
 */
export function untilClosed<T>(stream: AsyncIterableIterator<T>, ctx: Context): AsyncIterableIterator<T> {
  ctx.onClosed(() => void stream.return?.());
  return stream;
}
