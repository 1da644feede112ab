import type { ServerResponse } from 'node:http';
import type { Answer } from './answerStore.ts';

/** Header fields that each request has of its own. */
const OWN = /^(x-request-id|ratelimit-.*|retry-after|date|connection|keep-alive|transfer-encoding|content-length)$/;
const BYTES_MAX = 1_000_000;

/** What goes out as the answer of this response, or null when it is no whole answer with status 200. */
export function captureAnswer(response: ServerResponse): Promise<Answer | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  const take = (chunk: unknown, encoding: unknown) => {
    if (typeof chunk !== 'string' && !(chunk instanceof Uint8Array)) return;
    const part = typeof chunk === 'string' ? Buffer.from(chunk, encodingOf(encoding)) : Buffer.from(chunk);
    bytes += part.length;
    if (bytes <= BYTES_MAX) chunks.push(part);
  };
  const write = response.write.bind(response) as (...parameters: unknown[]) => boolean;
  const end = response.end.bind(response) as (...parameters: unknown[]) => ServerResponse;
  return new Promise((resolve) => {
    response.once('close', () => resolve(null));
    response.write = (...parameters: unknown[]) => {
      take(parameters[0], parameters[1]);
      return write(...parameters);
    };
    response.end = (...parameters: unknown[]) => {
      take(parameters[0], parameters[1]);
      const ended = end(...parameters);
      const isWhole = response.statusCode === 200 && bytes <= BYTES_MAX;
      resolve(isWhole ? { head: sharedHead(response, bytes), text: Buffer.concat(chunks).toString('latin1') } : null);
      return ended;
    };
  });
}

function sharedHead(response: ServerResponse, bytes: number): string[] {
  const fields = Object.entries(response.getHeaders()).filter(([name]) => !OWN.test(name));
  return [...fields.flatMap(([name, value]) => [name, String(value)]), 'Content-Length', String(bytes)];
}

function encodingOf(encoding: unknown): BufferEncoding {
  return typeof encoding === 'string' ? (encoding as BufferEncoding) : 'utf8';
}
