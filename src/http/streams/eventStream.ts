import type { ServerResponse } from 'node:http';
import { EVENT_STREAM } from '../mediaTypes.ts';
import { COMPLETE, comeBack, PING } from './eventFrames.ts';

export const STREAM_HEADERS = {
  'Content-Type': EVENT_STREAM,
  'Cache-Control': 'no-cache',
  Connection: 'keep-alive',
  'Content-Encoding': 'none',
  // nginx would keep events back until a buffer is full.
  'X-Accel-Buffering': 'no',
};

export type EventStream = {
  response: ServerResponse;
  events: AsyncIterator<unknown, undefined>;
  /** An event as it goes over the wire to this client. */
  bytesOf(event: unknown): Buffer | Promise<Buffer>;
  /** Whether the stream ends for good when its events end. */
  isOver: boolean;
};

/**
 * Writes events to a response whose head is set, until there are no more. The next one is asked for when the client has
 * taken what was written, so whoever is slow leaves events where they can be merged. A stream that `isOver` ends with
 * `complete`, after which clients do not come back; any other one ends without it, and says when its client should return.
 * What goes wrong cuts the connection, once `failed` has heard of it.
 */
export function sendEvents(stream: EventStream, failed: (error: unknown) => void): void {
  const { response } = stream;
  response.socket?.setTimeout(0);
  response.socket?.setKeepAlive(true);
  // By itself: a head that is sent with the first bytes stays in memory in pieces, over a KB for each stream.
  response.flushHeaders();
  // Some browsers wait for a first byte before they believe that the stream is open.
  response.write(PING);
  writeNext(stream, failed);
}

/** No async function: while that waits for the next event it holds the last one. */
function writeNext(stream: EventStream, failed: (error: unknown) => void): void {
  const { response, events } = stream;
  const cut = (error: unknown) => {
    failed(error);
    response.destroy();
  };
  const write = (bytes: Buffer) => {
    if (response.write(bytes)) writeNext(stream, failed);
    else response.once('drain', () => writeNext(stream, failed));
  };
  const take = ({ value, done }: IteratorResult<unknown, undefined>) => {
    if (done) return void response.end(stream.isOver ? COMPLETE : comeBack());
    const bytes = stream.bytesOf(value);
    return bytes instanceof Promise ? bytes.then(write) : write(bytes);
  };
  events.next().then(take).catch(cut);
}
