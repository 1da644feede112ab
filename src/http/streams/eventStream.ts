import type { ServerResponse } from 'node:http';
import type { Stream } from '../../async/stream.ts';
import { EVENT_STREAM } from '../mediaTypes.ts';
import { COMPLETE } from './eventFrames.ts';
import { comeBack } from './returningStream.ts';

export const STREAM_HEADERS = {
  'Content-Type': EVENT_STREAM,
  'Cache-Control': 'no-cache',
  // It ends with the connection, so that its bytes go out as they are, without chunks around them.
  Connection: 'close',
  'Content-Encoding': 'none',
  // nginx would keep events back until a buffer is full.
  'X-Accel-Buffering': 'no',
};

export type EventStream = {
  response: ServerResponse;
  events: Pick<Stream<unknown>, 'pull' | 'return'>;
  /** An event as it goes over the wire to this client. */
  bytesOf(event: unknown): Buffer | Promise<Buffer>;
  /** Whether the stream ends for good when its events end. */
  isOver: boolean;
};

/**
 * Writes events to a response whose head is set, until there are no more. The next one is asked for when the client has
 * taken what was written, so whoever is slow leaves events where they can be merged. A stream that `isOver` ends with
 * `complete`, after which clients do not come back; any other one ends without it. At its beginning and its end a stream
 * says after how long its client should return.
 * What goes wrong cuts the connection, once `failed` has heard of it.
 */
export function sendEvents(stream: EventStream, failed: (error: unknown) => void): void {
  const { response } = stream;
  response.socket?.setTimeout(0);
  response.socket?.setKeepAlive(true);
  response.removeHeader('Transfer-Encoding');
  // By itself: a head that is sent with the first bytes stays in memory in pieces, over a KB for each stream.
  response.flushHeaders();
  // Also for the end that nobody announces. Some browsers wait for a first byte before they believe that the stream is open.
  response.write(comeBack());
  writeNext(stream, failed);
}

/** Without promises, unless an execution waits for something: there is one of these for each stream and event. */
function writeNext(stream: EventStream, failed: (error: unknown) => void): void {
  const { response, events } = stream;
  const cut = (error: unknown) => {
    failed(error);
    response.destroy();
  };
  const pull = () => events.pull(take);
  const write = (bytes: Buffer) => {
    // The head is out and there are no chunks, so the response has nothing to add.
    const connection = response.socket?.writable ? response.socket : response;
    if (connection.write(bytes)) pull();
    else connection.once('drain', pull);
  };
  const take = ({ value, done }: IteratorResult<unknown, undefined>) => {
    try {
      if (done) return void response.end(stream.isOver ? COMPLETE : comeBack());
      const bytes = stream.bytesOf(value);
      if (bytes instanceof Promise) bytes.then(write).catch(cut);
      else write(bytes);
    } catch (error) {
      cut(error);
    }
  };
  pull();
}
