import type { IncomingMessage } from 'node:http';

/** A request whose body has been read, by whoever looked at it first. */
type ReadRequest = IncomingMessage & { body?: { bytes: Buffer } };

/** The body, read to its end, also when it has been read before. Null when the client left in between. */
export function readBody(request: IncomingMessage): Promise<Buffer | null> {
  const { body } = request as ReadRequest;
  if (body) return Promise.resolve(body.bytes);
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.once('end', () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)));
    request.once('close', () => resolve(null));
  });
}

/** For a handler that has not read the body itself. */
export function attachBody(request: IncomingMessage, bytes: Buffer): IncomingMessage {
  return Object.assign(request, {
    body: {
      bytes,
      async *[Symbol.asyncIterator]() {
        yield bytes;
      },
    },
  });
}
